"""Opening files 打开文件: text, Word, PDF, web pages and OFD become one text; what could cost much is confined."""
