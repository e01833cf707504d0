"""A batch is parsed in a process of its own; where that dies, it is cut in half until the text that kills it is named.

So are batches whose worker died: what died of something that passes, such as memory that others took, is parsed at the
second try. Started as ``python -m flows.alone``, this module parses the batch that it is given on standard input.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from flows.errors import NewindError
from flows.patience import seconds_for
from flows.records import Rejected
from flows.shards import Shard, batches, write_shard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flows.records import RawText

_WAITING = 10  # times that it may take by the clock, where the machine has much else to do


def parse_beside(texts: Sequence[RawText], raw: Path, store: Path, most: int) -> list[Shard]:
    """Parse texts in at most so many processes side by side, each as `parse_apart` does."""
    sizes = [text.bytes for text in texts]
    parts = [batch for _, batch in batches(texts, sum(sizes) // most + max(sizes))]
    with ThreadPoolExecutor(most) as threads:
        return [shard for found in threads.map(lambda it: parse_apart(it, raw, store), parts) for shard in found]


def shards_of(
    result: Callable[[], Shard], batch: Sequence[RawText], raw: Path, store: Path, warn: Callable[[str], None]
) -> list[Shard]:
    """Return what a batch came to; where its worker died or its machine went away, what it comes to here.

    Raises:
        NewindError: what its worker refused.
        OSError: a file could not be read or written.
    """
    try:
        return [result()]
    except (NewindError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - each runner has its own way to say that a worker is lost
        told = " ".join(str(error).split()) or type(error).__name__
        warn(f"a worker was lost with {len(batch):,} text{'s' * (len(batch) != 1)} ({told}); parsing them again")
        return parse_apart(batch, raw, store)


def parse_apart(texts: Sequence[RawText], raw: Path, store: Path) -> list[Shard]:
    """Parse texts of which one may kill its process, and return shards of all; the text that does is rejected.

    Raises:
        RawTextsError: a text is not what it was.
        TargetError: the store is full.
    """
    fault = _try(texts, raw, store)
    if isinstance(fault, Shard):
        return [fault]
    if len(texts) == 1:
        (text,) = texts
        reason = f"cannot be parsed ({fault}); this is a fault of the parser: report it with the text"
        rejected = Rejected(text.path, text.document_id, reason, text.bytes, text.sha256)
        return [write_shard([], raw, store)._replace(rejected=(rejected,))]  # whoever gathers reads every shard
    middle = len(texts) // 2
    return [*parse_apart(texts[:middle], raw, store), *parse_apart(texts[middle:], raw, store)]


def _try(texts: Sequence[RawText], raw: Path, store: Path) -> Shard | str:
    """Return what a process of its own made of the texts, or how it ended."""
    seconds = seconds_for(texts)
    command = [sys.executable, "-P", "-m", "flows.alone"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            input=pickle.dumps((texts, raw, store)),
            capture_output=True,
            timeout=_WAITING * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it was not done after {_WAITING * seconds:,.0f} s"
    if done.returncode == -signal.SIGXCPU:
        return f"it was not done after {seconds:,.0f} s"
    if done.returncode:
        return f"its process ended with {done.returncode}"
    answer = pickle.loads(done.stdout)  # noqa: S301 - written by the process that was just started
    if isinstance(answer, NewindError | OSError):
        raise answer
    return answer if isinstance(answer, Shard) else "its process gave no answer"


def _main() -> None:
    texts, raw, store = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the one that started this
    answer: Shard | NewindError | OSError
    try:
        answer = write_shard(texts, raw, store)
    except (NewindError, OSError) as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _main()
