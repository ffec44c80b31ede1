from assets.models.assets import MAX_ALT_TEXT, MAX_FILE_NAME, Asset
from assets.models.blobs import BLOBS, PROBED, THUMBNAILS, Blob, BlobSearchEntry, BlobText, Thumbnail
from assets.models.storage_use import StorageUse
from assets.models.uploads import Upload

__all__ = [
    "BLOBS",
    "MAX_ALT_TEXT",
    "MAX_FILE_NAME",
    "PROBED",
    "THUMBNAILS",
    "Asset",
    "Blob",
    "BlobSearchEntry",
    "BlobText",
    "StorageUse",
    "Thumbnail",
    "Upload",
]
