"""Results of ads over HTTP: a platform's file kept once, joined with one's own ads, weighed, unseen by others, removed."""

from fastapi.testclient import TestClient

from studio.services.results import MOST_FILE_BYTES
from tests.studio.api.whole import PROMPT, Person, refused
from tests.studio.three_step_ad import AdHouse

ASKED = {"prompt": PROMPT, "brand": "Aurelia", "hooks": ["", "Look again."], "calls": [""], "frameworks": ["PAS"]}


def csv_of(names: list[str], *figures: tuple[int, int]) -> bytes:
    lines = [f"{name}.mp4,{shown},{clicks}" for name, (shown, clicks) in zip(names, figures, strict=True)]
    return "\n".join(["Ad name,Impressions,Link clicks", *lines, "broken,x,1", "huge,9999999999999999999999,1"]).encode()


def test_from_a_file_to_what_to_test_next(client: TestClient, ada: Person, bob: Person, house: AdHouse) -> None:
    set_id = client.post("/api/variants", headers=ada.bearer, json=ASKED).json()["id"]
    cells = client.get(f"/api/variants/{set_id}", headers=ada.bearer).json()["cells"]
    file = csv_of([cell["name"] for cell in cells], (10_000, 300), (10_000, 150))
    kept = client.post("/api/results?name=<b>november.csv", headers=ada.bearer, content=file)
    assert kept.status_code == 201
    told = kept.json()
    assert (told["n_rows"], told["n_known"], told["file_name"]) == (2, 2, "november.csv")
    assert [problem["line"] for problem in told["problems"]] == [4, 5]
    assert told["countable"] == ["clicks"]
    hook = next(one for one in told["findings"] if one["factor"] == "hook")
    assert hook["verdict"] == "decided"
    low, high = hook["levels"][0]["interval"]
    assert low < hook["levels"][0]["share"] == 0.03 < high
    assert "Keep hook A" in told["next"][0]["words"]
    again = client.post("/api/results", headers=ada.bearer, content=file).json()
    assert again["id"] == told["id"]  # not kept twice
    assert [one["id"] for one in client.get("/api/results", headers=ada.bearer).json()["results"]] == [told["id"]]
    here = f"/api/results/{told['id']}"
    assert client.get(here, headers=ada.bearer, params={"counted": "views"}).json()["findings"] == []  # the file tells none
    assert client.get("/api/results", headers=bob.bearer).json() == {"results": []}
    for method in ("GET", "DELETE"):
        refused(client.request(method, here, headers=bob.bearer), 404, "not_found")
    theirs = client.post("/api/results", headers=bob.bearer, content=file).json()
    assert (theirs["n_known"], theirs["id"] != told["id"]) == (0, True)  # another's ads are nobody's here
    client.post(f"/api/variants/{set_id}/cancel", headers=ada.bearer)
    assert client.delete(f"/api/variants/{set_id}", headers=ada.bearer).status_code == 200
    assert client.get(here, headers=ada.bearer).json()["findings"] == told["findings"]  # what was learned outlives the ads
    assert client.delete(here, headers=ada.bearer).status_code == 200
    refused(client.get(here, headers=ada.bearer), 404, "not_found")


def test_what_is_no_results_file_is_refused(client: TestClient, ada: Person) -> None:
    for body in (b"", b"a,b\n1,2\n", b"\x00\xff"):
        assert refused(client.post("/api/results", headers=ada.bearer, content=body), 422, "invalid_input")["field"] == "file"
    refused(client.post("/api/results", headers=ada.bearer, content=bytes(MOST_FILE_BYTES + 1)), 413, "too_large")
