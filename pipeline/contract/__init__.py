"""The contract: what each dataset holds, and the one way to write it."""

from pipeline.contract.datasets import COMMON, COMMON_NAMES, CONTRACT_VERSION, DATASETS, Column, Dataset
from pipeline.contract.writer import ContractError, check, digest, encode

__all__ = ["COMMON", "COMMON_NAMES", "CONTRACT_VERSION", "DATASETS", "Column", "ContractError", "Dataset", "check", "digest", "encode"]
