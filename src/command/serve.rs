//! `gongbao serve`: watch mode. The site as it would be built, new in the browser as soon as a file is saved.

mod review;
mod session;

use std::net::{TcpListener, ToSocketAddrs};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use self::review::Reviewed;
use self::session::Session;
use super::{Console, EditionArguments, Failure};
use crate::server::{self, Hosts, Report};
use crate::watcher::{self, Change};

/// Shows the site in the browser, new as soon as a file is saved [边写边看]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The host to serve at; only this machine is let in if left out [主机]
    #[arg(long, default_value = "127.0.0.1", value_name = "HOST")]
    host: String,
    /// The port to serve at; 0 for any that is free [端口]
    #[arg(long, default_value_t = 1111, value_name = "PORT")]
    port: u16,
    /// Opens the site in the browser [打开浏览器]
    #[arg(long)]
    open: bool,
    /// Polls for changes instead of watching, for network drives [轮询]
    #[arg(long)]
    poll: bool,
    #[command(flatten)]
    edition: EditionArguments,
}

/// What happens while the site is served.
enum Event {
    /// Files have changed.
    Changed(Change),
    /// The server has something to tell.
    Server(Report),
    /// What was assembled at the attempt of this number has been reviewed.
    Reviewed(u64, Reviewed),
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let listener = listen(arguments)?;
    let address = listener.local_addr()?;
    let (sender, events) = mpsc::channel();
    // Watching begins before reading, so that nothing is missed in between.
    let polls = arguments.poll || !watch(console, sender.clone());
    let mut session = Session::start(console, &arguments.edition, sender.clone())?;
    let report = Arc::new(move |report| {
        if matches!(report, Report::Stopped) {
            end_soon();
        }
        drop(sender.send(Event::Server(report)));
    });
    let hosts = Hosts::new(&arguments.host, address);
    let server = server::start(listener, hosts, session.screen(), report)?;
    let host = shown_host(&arguments.host);
    let url = format!("http://{host}:{}{}", address.port(), session.base_path());
    let hint = console.phrase("按 Ctrl-C 结束", "Ctrl-C ends it");
    console.say(&format!("{}{url} ({hint})", console.phrase("网站已就绪：", "serving at ")));
    if arguments.open && open::that_detached(&url).is_err() {
        console.say(console.phrase("无法打开浏览器", "the browser cannot be opened"));
    }
    session.run(&events, polls);
    match server.join() {
        Ok(ended) => Ok(ended?),
        Err(_) => Err(Failure::because("服务器意外停止", "the server ended unexpectedly")),
    }
}

/// Ends the program although the session may be busy for long, such as with a network drive that does not answer.
#[expect(clippy::exit, reason = "what is busy cannot be asked to end")]
fn end_soon() {
    thread::spawn(|| {
        thread::sleep(PATIENCE);
        process::exit(0);
    });
}

/// How long who asks the program to end waits for it.
const PATIENCE: Duration = Duration::from_millis(500);

/// Watches the site's files; `false` if the system cannot.
fn watch(console: &Console, sender: Sender<Event>) -> bool {
    let report = move |change| sender.send(Event::Changed(change)).is_ok();
    let watching = watcher::watch(&console.root, report);
    watching.map_err(|error| say_polling(console, &error.to_string())).is_ok()
}

fn say_polling(console: &Console, reason: &str) {
    let zh = format!("系统无法监视文件（{reason}），改为轮询");
    let en = format!("the system cannot watch the files ({reason}); polling instead");
    console.say(console.phrase(&zh, &en));
}

/// Takes the port, or tells which one is free.
fn listen(arguments: &Arguments) -> Result<TcpListener, Failure> {
    let Arguments { host, port, .. } = arguments;
    let plain = host.trim_matches(['[', ']']);
    let bind = |port: u16| {
        let addresses: Vec<_> = (plain, port).to_socket_addrs()?.collect();
        TcpListener::bind(&*addresses)
    };
    let error = match bind(*port) {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    if error.kind() != std::io::ErrorKind::AddrInUse {
        return Err(anyhow::Error::from(error).context(format!("{host}:{port}")).into());
    }
    let free = (port.saturating_add(1)..=port.saturating_add(100)).find(|port| bind(*port).is_ok());
    let offer = |offer: &str| free.map(|free| format!("{offer} --port {free}")).unwrap_or_default();
    let zh =
        format!("{host}:{port} 已被别的程序占用{}", offer("；可以改用空闲的端口：gongbao serve"));
    let en = format!("{host}:{port} is taken{}", offer("; the next free port: gongbao serve"));
    Err(Failure::because(zh, en))
}

/// The host as it stands in a URL; a browser cannot go to all addresses at once.
fn shown_host(host: &str) -> String {
    match host {
        "0.0.0.0" | "::" | "[::]" => "localhost".into(),
        host if host.contains(':') && !host.starts_with('[') => format!("[{host}]"),
        host => host.into(),
    }
}
