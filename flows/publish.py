"""The Prefect flow: the main job as a table of contents."""

from prefect import flow

from flows import steps
from flows.outcome import Outcome
from flows.settings import Settings


@flow(name="publish", flow_run_name="publish {settings.raw} of {settings.date}")
def publish(settings: Settings) -> Outcome:
    """Turn the texts in `settings.raw` into one release of the data package in `settings.dist`.

    Raises:
        RawFolderError: there is no raw folder, or no text in it.
        RawTextsError: texts cannot be read or parsed, and are not to be set aside; nothing is written.
        InvalidTablesError: rows break their schema; nothing is written.
        VersionError: `settings.version` is lower than the changes ask for.
        TargetError: `settings.dist` cannot be written to.
        ReleaseExistsError: this version is out already; releases are never replaced.
    """
    raw = steps.read(settings)
    with steps.store(settings) as shards:
        shelf = steps.parse(raw, shards, settings)
        with steps.staging(settings) as folder:
            staged = steps.assemble(steps.whole(shelf), folder)
            checked = steps.validate(staged, settings)
            planned = steps.plan(staged, checked, settings)
            built = steps.build(planned, raw, settings, folder)
            release = steps.publish(built, settings)
    return steps.summarise(staged, planned, release)
