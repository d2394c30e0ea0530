//! `gongbao headers`: what a careful host sends with every page.

use clap::ValueEnum;

use super::{Console, Failure};

/// Prints the HTTP headers that a careful host sends with every page [供网站服务器使用的安全响应头]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The form that the host reads
    #[arg(long, default_value = "plain", value_name = "FORM")]
    form: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// Name: value
    Plain,
    /// For a server block of nginx
    Nginx,
    /// For a virtual host or .htaccess of Apache
    Apache,
}

/// The strictest policy that pages need: scripts, styles and pictures of the site itself, nothing between tags, no other host.
/// JSON-LD is data, which no policy forbids. Pages ask for nothing by script; those who judge them ask for robots.txt.
const HEADERS: [(&str, &str); 3] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
];

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let line = |(name, value): (&str, &str)| match arguments.form {
        Form::Plain => format!("{name}: {value}"),
        Form::Nginx => format!("add_header {name} \"{value}\" always;"),
        Form::Apache => format!("Header always set {name} \"{value}\""),
    };
    Ok(console.put_out(&HEADERS.map(line).join("\n"))?)
}
