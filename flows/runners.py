"""Where batches are parsed: in threads, in processes, on Dask or on Ray, each by Prefect's own task runner."""

# ruff: noqa: PLC0415 - Dask and Ray are extras, and Prefect is slow to load

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from flows.errors import NewindError
from flows.server import started_server, wait_for
from flows.settings import names_server, worker_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prefect.task_runners import TaskRunner

    from flows.settings import Settings


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Return the task runner that a run's settings ask for.

    Raises:
        NewindError: it needs an extra that is not installed.
    """
    from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

    workers = worker_count(settings)
    try:
        if settings.runner == "dask":
            return _dask(settings.cluster, workers)
        if settings.runner == "ray":
            return _ray(settings.cluster, workers)
    except ImportError:
        raise NewindError(
            f"--runner {settings.runner} is an extra that is not installed; "
            f"install new-industrialization[{settings.runner}], or use --runner processes"
        ) from None
    if settings.runner == "processes":
        return ProcessPoolTaskRunner(max_workers=workers)
    return ThreadPoolTaskRunner(max_workers=workers)


@contextmanager
def one_server(meanwhile: Callable[[], None]) -> Iterator[bool]:
    """Let a run have one server, the user's or a temporary one: else each process of a runner starts one of its own.

    It gives whether the server is temporary; while that starts, `meanwhile` is done. It is started before Prefect is
    loaded here, on another processor, and ended where Prefect then tells that a file of the user's names another.

    Raises:
        NewindError: the temporary server did not start.
    """
    if names_server():
        yield False
        return
    with started_server() as server:
        from prefect import settings

        if settings.PREFECT_API_URL.value():
            server.process.terminate()
            yield False
            return
        Thread(target=meanwhile, daemon=True).start()
        wait_for(server, settings.PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value())
        with settings.temporary_settings({settings.PREFECT_API_URL: server.address}):
            yield True


def _dask(address: str | None, workers: int) -> TaskRunner[Any]:
    from prefect_dask.task_runners import DaskTaskRunner

    if address:
        return DaskTaskRunner(address=address)
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    )


def _ray(address: str | None, workers: int) -> TaskRunner[Any]:
    from prefect_ray import RayTaskRunner

    alone = {"num_cpus": workers, "include_dashboard": False, "log_to_driver": False}
    runner: TaskRunner[Any] = RayTaskRunner(address=address) if address else RayTaskRunner(init_kwargs=alone)
    return runner
