//! A running `gongbao serve`, and browsers that look at it: as much of HTTP as the tests need.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::site::{DATE, Site};

/// What must happen happens within this time, on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: not in time");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A running server; it is killed when the test ends.
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Serves a site at a free port, and waits until it is ready.
    pub(crate) fn start(site: &Site, arguments: &[&str]) -> Self {
        let mut command = site.command();
        command.args(["--lang", "en", "serve", "--port", "0", "--date", DATE]).args(arguments);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let heard = Arc::clone(&said);
        thread::spawn(move || {
            let mut line = String::new();
            while stderr.read_line(&mut line).is_ok_and(|read| read > 0) {
                heard.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        let mut server = Server { process, address: ([127, 0, 0, 1], 0).into(), said };
        until("ready", || server.is_ready());
        server
    }

    fn is_ready(&mut self) -> bool {
        assert!(self.process.try_wait().unwrap().is_none(), "it ended: {}", self.said());
        let said = self.said();
        let Some((_, url)) = said.split_once("serving at http://") else { return false };
        let Some((host, _)) = url.split_once('/') else { return false };
        let port = host.rsplit(':').next().unwrap().parse().unwrap();
        self.address.set_port(port);
        true
    }

    /// All that it said to people so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        until("the end", || self.process.try_wait().unwrap().is_some());
        self.process.wait().unwrap()
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[("Host", &self.address.to_string())])
    }

    /// Asks for a path with a method and headers.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut stream = self.send(method, path, headers);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Response::parse(&bytes)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let headers: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// The bytes of a page as they would be published: without the script.
    pub(crate) fn published(&self, path: &str) -> Vec<u8> {
        let body = self.get(path).body;
        match find(&body, b"<script src=\"/.gongbao/") {
            Some(start) => {
                let end = start + find(&body[start..], b"</script>").unwrap() + "</script>".len();
                [&body[..start], &body[end..]].concat()
            }
            None => body,
        }
    }

    /// Waits until a page holds a text.
    #[track_caller]
    pub(crate) fn wait_for(&self, path: &str, text: &str) {
        until(&format!("{path} holds {text:?}"), || self.get(path).text().contains(text));
    }

    /// Looks at a page as a browser does.
    pub(crate) fn open(&self, path: &str) -> Browser {
        let page = self.get(path).text();
        let marks = ["data-page=\"", "data-styles=\""];
        let [page, styles] =
            marks.map(|mark| page.split(mark).nth(1).unwrap().split('"').next().unwrap());
        let address = format!("/.gongbao/events?path={path}&page={page}&styles={styles}");
        let stream = self.send("GET", &address, &[("Host", &self.address.to_string())]);
        let mut browser = Browser { lines: BufReader::new(stream), problems: String::new() };
        assert!(browser.line().starts_with("HTTP/1.1 200"));
        browser.problems = browser.is_told("problems");
        browser
    }
}

/// Where a sequence begins.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// An answer of the server.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    fn parse(bytes: &[u8]) -> Self {
        let end = find(bytes, b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let (first, headers) = head.split_once("\r\n").unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_lowercase(), value.trim().to_owned())
        };
        Response {
            status: first.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: headers.lines().map(header).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A browser that shows a page and listens for what to do.
pub(crate) struct Browser {
    lines: BufReader<TcpStream>,
    /// The problems that it was told of when it came, as JSON.
    pub(crate) problems: String,
}

impl Browser {
    /// What it is told next: the name of the event and its data.
    pub(crate) fn told(&mut self) -> (String, String) {
        let mut name = None;
        loop {
            let line = self.line();
            if let Some(event) = line.strip_prefix("event: ") {
                name = Some(event.to_owned());
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name.unwrap(), data.to_owned());
            }
        }
    }

    /// Asserts what it is told next, and answers with the data.
    #[track_caller]
    pub(crate) fn is_told(&mut self, event: &str) -> String {
        let (name, data) = self.told();
        assert_eq!(name, event, "{data}");
        data
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the connection was closed");
        line.trim_end().to_owned()
    }
}
