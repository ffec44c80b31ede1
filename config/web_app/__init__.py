"""What makes the product an app that can be installed: its manifest, its service worker, its page without network."""
