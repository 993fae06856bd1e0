"""DEK: news articles in, a knowledge graph out whose every number leads back to the words that state it.

The way of an article through the packages:
``articles`` (bytes to repaired text) → ``lexicon`` → ``extract`` (text to statements) → ``graph`` (statements to quads)
→ ``store`` (snapshots) → ``endpoint`` and ``reports`` (answers) → ``web`` and ``cli``.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("dek")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+unknown"
