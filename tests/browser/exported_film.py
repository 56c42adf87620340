"""A film that the Editor exported, held against the draft that it was exported from."""

from pathlib import Path

import numpy as np

from models.media.video_file import VideoReader
from tests.browser.editor_tab import EditServer
from tests.studio.editable_ad import picture


def shows_its_draft(server: EditServer, ad: str, folder: Path) -> None:
    """The exported film shows, in the middle of each piece, the picture of the file that the draft says."""
    edit = server.draft(ad)["edit"]
    with server.api() as api:
        (export,) = api.get(f"generations/{ad}/editor/exports").json()["exports"]
        (folder / "film.mp4").write_bytes(api.get(export["video_url"].removeprefix("/api/")).content)
    with VideoReader(folder / "film.mp4") as film:
        assert film.info.n_frames == edit["n_frames"]
        for piece in edit["pieces"]:
            middle = piece["start"] + piece["n_frames"] // 2
            seen = film.frame(middle).astype(float)
            if piece["gap"]:
                assert seen.mean() < 10
                continue
            frame = piece["media_in"] + piece["n_frames"] // 2
            wanted = picture(int(piece["name"][1]) - 1, frame).astype(float)
            bar = slice(125, 195)
            columns = np.abs(np.diff(seen[bar].mean(axis=(0, 2)))).argsort()[-2:]
            expected = np.abs(np.diff(wanted[bar].mean(axis=(0, 2)))).argsort()[-2:]
            assert np.abs(np.sort(columns) - np.sort(expected)).max() <= 2, piece  # a frame is two and a half pixels of the bar's way
