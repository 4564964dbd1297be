"""What goes wrong with zip archives, in one place."""

from __future__ import annotations

import struct
import zipfile
import zlib

ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, RuntimeError, OSError)
"""What zipfile raises over damaged, encrypted and exotic archives; NotImplementedError is a RuntimeError."""
