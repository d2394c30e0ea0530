//! Tells browsers what to do when the site changes, by server-sent events.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::{mpsc, watch};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::Service;
use super::answer::Answer;
use super::shown::{Overlay, Shown};

/// What a browser shows, in its own words.
#[derive(serde::Deserialize)]
pub(super) struct Follower {
    /// The path in its address bar.
    path: String,
    /// The hash that was put into the page.
    page: String,
    /// The hash of the stylesheets that was put into the page.
    styles: String,
    /// The problems it was last told of, if it was: a browser that was away may still show those of before.
    #[serde(skip)]
    told: Option<Option<Overlay>>,
}

/// Tells a browser of each change that concerns it, from now on until it goes away.
pub(super) async fn follow(
    State(service): State<Service>,
    Query(follower): Query<Follower>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(tell(service, follower, sender));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default())
}

type Sender = mpsc::Sender<Result<Event, Infallible>>;

async fn tell(service: Service, mut follower: Follower, sender: Sender) {
    let mut changes = service.shown.clone();
    loop {
        let shown = Arc::clone(&changes.borrow_and_update());
        let events = follower.changes(&service, &shown).await;
        for event in events {
            if sender.send(Ok(event)).await.is_err() {
                return;
            }
        }
        if !next(&mut changes, &sender).await {
            return;
        }
    }
}

/// Waits for a change; `false` if nobody listens any longer, or there will be none.
async fn next(changes: &mut watch::Receiver<Arc<Shown>>, sender: &Sender) -> bool {
    tokio::select! {
        changed = changes.changed() => changed.is_ok(),
        () = sender.closed() => false,
    }
}

impl Follower {
    /// What the browser must do to show what is shown now.
    async fn changes(&mut self, service: &Service, shown: &Arc<Shown>) -> Vec<Event> {
        let mut events = Vec::new();
        if self.told.as_ref() != Some(&shown.overlay) {
            self.told = Some(shown.overlay.clone());
            let problems = serde_json::to_string(&shown.overlay).unwrap_or_default();
            events.push(Event::default().event("problems").data(problems));
        }
        let answer = service.answer_from(Arc::clone(shown), self.path.clone()).await;
        let seen = match &answer {
            Some(Answer::Found(page) | Answer::NotFound(page) | Answer::Failed(page)) => &page.seen,
            // A path that now leads elsewhere, or that nothing can be said of.
            Some(Answer::Redirect(_)) | None => return events,
        };
        let styles = shown.sites.first().map(|site| site.styles().to_hex()).unwrap_or_default();
        if *seen != self.page {
            seen.clone_into(&mut self.page);
            self.styles = styles;
            events.push(Event::default().event("reload").data("1"));
        } else if styles != self.styles {
            events.push(Event::default().event("styles").data(&styles));
            self.styles = styles;
        }
        events
    }
}
