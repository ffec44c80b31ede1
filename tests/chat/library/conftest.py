"""Files in a storage of their own."""

from tests.assets.conftest import shelf, storage, store

__all__ = ("shelf", "storage", "store")
