"""Intake 名册导入: rosters from Excel or CSV, dry run, row errors in a returned workbook."""
