"""The sentences of `serve --share`: before the tunnel is opened, whoever opens it is told what others will reach."""

SHARE = "open Gradio's tunnel to this machine's studio, for showing a notebook's studio to somebody; says what that exposes"

EXPOSES = """--share opens Gradio's own tunnel to this studio. Until you stop it:
  - everybody who has the address reaches the whole studio: its pages, its API and the page to sign in at. Whoever can sign in sees
    and orders what that account may; nobody can make a new account while it is shared.
  - the traffic passes through Gradio's servers, which can read it, passwords and films too; a program of theirs (frpc) is fetched
    and run here.
  - it is for notebooks and for showing something, not for a studio that others work with: that stands behind a proxy (docs/DEPLOYMENT.md).
  - somebody who should only see an ad needs a review link (Share, on the ad) and none of this."""

SHARED = "Everybody who has this address reaches it: {address}"
NO_TUNNEL = "Gradio's tunnel cannot be opened ({why}); a review link or a proxy of your own needs none."
NOT_FROM_OUTSIDE = "--share is for a studio on this machine alone; leave HOST at 127.0.0.1, or leave out --share."
NOBODY_YET = "Make an account before you share: whoever came first would own this studio. python -m studio user add NAME"
