//! Answers routes from the plan, and reloads browsers.
//!
//! A page is rendered when it is asked for. A browser tells what it shows, by hashes that were put into the page beside the
//! script; whenever the site changes, the server compares, and says what to do. So nothing is lost when the connection is,
//! and no page reloads that has not changed. All that is asynchronous stays in this module.

mod answer;
mod content_type;
mod events;
mod host;
mod page;
mod shown;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

use self::answer::Answer;
pub use self::host::Hosts;
use self::page::Rendered;
pub use self::shown::{Fault, Generation, Overlay, Screen, Shown};

/// What the server tells whoever started it.
pub enum Report {
    /// A page could not be rendered.
    Failed(Fault),
    /// Someone asked the program to end.
    Stopped,
}

/// How reports reach whoever started the server.
pub type Reporter = Arc<dyn Fn(Report) + Send + Sync>;

/// The script that keeps a page as the site is.
const SCRIPT: &str = include_str!("server/reload.js");

#[derive(Clone)]
struct Service {
    shown: watch::Receiver<Arc<Shown>>,
    hosts: Arc<Hosts>,
    report: Reporter,
}

/// Serves what is on the screen, on a thread of its own, until the program is asked to end.
///
/// # Errors
/// If the system refuses a thread or the listener.
pub fn start(
    listener: TcpListener,
    hosts: Hosts,
    screen: &Screen,
    report: Reporter,
) -> io::Result<JoinHandle<io::Result<()>>> {
    listener.set_nonblocking(true)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let service =
        Service { shown: screen.watch(), hosts: Arc::new(hosts), report: Arc::clone(&report) };
    thread::Builder::new().name("server".into()).spawn(move || {
        let ended = runtime.block_on(serve(listener, service));
        // Browsers listen for events for ever; they are not waited for.
        runtime.shutdown_background();
        report(Report::Stopped);
        ended
    })
}

async fn serve(listener: TcpListener, service: Service) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new()
        .route("/.gongbao/reload.js", get(script))
        .route("/.gongbao/events", get(events::follow))
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(service.clone(), refuse_other_hosts))
        .with_state(service);
    tokio::select! {
        ended = axum::serve(listener, router) => ended,
        () = end_asked_for() => Ok(()),
    }
}

#[cfg(unix)]
async fn end_asked_for() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn end_asked_for() {
    let _ = tokio::signal::ctrl_c().await;
}

async fn refuse_other_hosts(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = if service.hosts.allow(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "gongbao serve: this host is not served here\n").into_response()
    };
    // A page from elsewhere that names a script of this server would else be given what it holds, drafts and all.
    let headers = response.headers_mut();
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, SCRIPT).into_response()
}

/// A file of the site.
async fn file(State(service): State<Service>, request: Request) -> Response {
    let asked = request.headers().get(header::IF_NONE_MATCH).cloned();
    let uri = request.uri();
    match service.answer(uri.path().to_owned()).await {
        Some(Answer::Redirect(folder)) => redirect(&folder, uri.query()),
        Some(Answer::Found(file)) => respond(StatusCode::OK, &file, asked.as_ref()),
        Some(Answer::NotFound(page)) => respond(StatusCode::NOT_FOUND, &page, None),
        Some(Answer::Failed(page)) => respond(StatusCode::INTERNAL_SERVER_ERROR, &page, None),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Service {
    /// The answer to a path as it stands in a request; `None` if answering panicked.
    async fn answer(&self, path: String) -> Option<Answer> {
        let shown = Arc::clone(&self.shown.borrow());
        self.answer_from(shown, path).await
    }

    async fn answer_from(&self, shown: Arc<Shown>, path: String) -> Option<Answer> {
        let report = Arc::clone(&self.report);
        let answering =
            move || answer::answer(&shown, &path, &|fault| report(Report::Failed(fault)));
        tokio::task::spawn_blocking(answering).await.ok()
    }
}

/// Sends the browser to a folder. Not for good: tomorrow the folder may be a file.
fn redirect(folder: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{folder}{query}");
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// `asked` is the tag of what the browser has.
fn respond(status: StatusCode, file: &Rendered, asked: Option<&HeaderValue>) -> Response {
    let tag = format!("\"{}\"", file.tag);
    let is_known = asked.is_some_and(|asked| *asked == *tag);
    let headers = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ETAG, &tag),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (status, headers, file.body.clone()).into_response()
}
