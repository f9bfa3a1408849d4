"""The report: a folder of static files that shows the datasets to a person with a browser and no network."""

from pipeline.report.building import NotAReportError, Written, write_report

__all__ = ["NotAReportError", "Written", "write_report"]
