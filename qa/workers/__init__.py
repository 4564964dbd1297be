"""One function over many items, in processes of their own, which may die or hang on an item without harm.

A process is a new Python that imports the function's module and what that needs, and nothing else: it is small, no
state is inherited, and a program that calls this needs no ``if __name__ == "__main__"``. It gets items as pickles
over its standard input and ends when that does, so it outlives nobody. Results go into files, and over its standard
output only where in them each lies: so a process goes on while nobody has time for its results, as when Chroma holds
Python's lock for most of the time that a batch of articles is stored.

| module      | what is in it                                                        |
|-------------|----------------------------------------------------------------------|
| `sharing`   | :class:`Workers`, which hands out chunks and takes results in order  |
| `chunk`     | a chunk, its results in their file, :class:`Lost`                    |
| `process`   | one process, seen from here: started, fed, watched, stopped          |
| `serving`   | what such a process runs                                             |
| `messages`  | what goes over the pipes between the two                             |
"""

from qa.workers.chunk import Lost
from qa.workers.sharing import AHEAD, FEW, Workers

__all__ = ["AHEAD", "FEW", "Lost", "Workers"]
