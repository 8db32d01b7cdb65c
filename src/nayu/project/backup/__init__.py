"""
One encrypted file with everything of an installation, and the way back.

The file is in the age format, so any age tool opens it; inside is a tar: ``manifest.json`` first,
then ``database.dump`` (pg_dump, custom format) and ``media/…``. What must lie elsewhere: the age
identity that opens the file, and the master keys that open the sealed fields in it. Beside it lies
the list of erased ids (:mod:`nayu.kernel.privacy.erased`).
"""
