"""Keep files in an S3-compatible storage, such as those of Amazon, Backblaze, Cloudflare, MinIO, Garage or Ceph."""
