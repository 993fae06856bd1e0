"""Canned reports: ``queries/*.rq`` files with ``#+`` metadata become questions with parameters, tables and downloads."""

from kg.reports.parameters import Parameter
from kg.reports.report import Report, load_reports, report_named
from kg.reports.run import Table, run_report
from kg.reports.writers import FORMATS, write_table

__all__ = ["FORMATS", "Parameter", "Report", "Table", "load_reports", "report_named", "run_report", "write_table"]
