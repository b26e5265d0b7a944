"""Evidence 凭证: files kept by their content, with who brought them, when and where."""
