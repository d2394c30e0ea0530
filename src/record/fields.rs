//! Reads fields from parsed YAML, and goes on after each fault, so that all of a file's problems are told at once.

use std::borrow::Cow;
use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::yaml::colon_of_key;
use super::{Conventions, Gathered};
use crate::diagnostic::{At, Diagnostic, Diagnostics, Faults, KeyPath, Place, Step, problems};
use crate::source::SourcePath;
use crate::value::Id;

/// One file being read: its path, the site's conventions, and the problems met so far.
pub struct Reader<'a> {
    path: &'a SourcePath,
    conventions: &'a Conventions,
    problems: Gathered,
}

impl<'a> Reader<'a> {
    /// Begins to read a file.
    pub fn new(path: &'a SourcePath, conventions: &'a Conventions) -> Self {
        Reader { path, conventions, problems: Gathered::default() }
    }

    /// The file's path.
    pub fn path(&self) -> &'a SourcePath {
        self.path
    }

    /// The site's conventions.
    pub fn conventions(&self) -> &'a Conventions {
        self.conventions
    }

    /// Adds a problem.
    pub fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().add(problem);
    }

    /// Tells of a colon that does not end the key before it.
    fn report_colon(&self, keys: KeyPath, colon: Range<usize>, is_full_width: bool) {
        let place = Place { path: self.path.clone(), at: At::Inside(keys, colon.into()) };
        self.report(match is_full_width {
            true => problems::full_width_colon(place),
            false => problems::no_space(place),
        });
    }

    /// Adds what was found in what was read, but for what follows from faults told before.
    pub(super) fn report_unless_faulty(&self, found: Diagnostics) {
        let mut problems = self.problems.borrow_mut();
        let faults = Faults::of(problems.iter());
        problems.extend_unless(&faults, found);
    }

    /// The problems met.
    pub fn into_problems(self) -> Diagnostics {
        self.problems.into_inner()
    }

    /// The id that a file's stem is, or a problem.
    pub(super) fn stem_id(&self, stem: &str) -> Option<Id> {
        let id = Id::parse(stem);
        if id.is_none() {
            self.report(problems::bad_file_name(self.path, stem));
        }
        id
    }
}

/// The way to a value, kept on the stack: it becomes a [`KeyPath`] only if there is a problem.
#[derive(Clone, Copy)]
enum Trail<'a> {
    Top,
    Key(&'a Trail<'a>, &'a str),
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn to_path(self) -> KeyPath {
        match self {
            Trail::Top => KeyPath::new(),
            Trail::Key(parent, key) => with_step(parent.to_path(), Step::Key(key.into())),
            Trail::Index(parent, index) => with_step(parent.to_path(), Step::Index(index)),
        }
    }
}

fn with_step(mut path: KeyPath, step: Step) -> KeyPath {
    path.push(step);
    path
}

/// A YAML value, where it stands, and the reader to tell of problems.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value,
    trail: Trail<'a>,
    reader: &'a Reader<'a>,
}

/// A value that is read from YAML.
///
/// The default is what stands in for a value that could not be read, after the problem has been told.
pub trait FromYaml: Default {
    /// Reads the value, or tells what is wrong with it.
    fn from_yaml(node: Node<'_>) -> Option<Self>;

    /// What it means that the field is left out; `None` if it must be written.
    fn absent() -> Option<Self> {
        None
    }

    /// The JSON Schema of what may be written.
    fn schema() -> serde_json::Value;
}

impl<'a> Node<'a> {
    /// The value at the top of a file.
    pub fn top(value: &'a Value, reader: &'a Reader<'a>) -> Self {
        Node { value, trail: Trail::Top, reader }
    }

    /// The value.
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// The file being read.
    pub fn reader(self) -> &'a Reader<'a> {
        self.reader
    }

    /// The place of the value.
    pub fn place(self) -> Place {
        Place::value(self.reader.path, self.trail.to_path())
    }

    /// The field that the value is, or is in a list of.
    fn field(self) -> &'a str {
        let trail = match self.trail {
            Trail::Index(list, _) => *list,
            own => own,
        };
        match trail {
            Trail::Key(_, key) => key,
            _ => "",
        }
    }

    /// The name that a text in place of an id is or is most like, and the id that has it.
    pub(super) fn named(self, text: &str) -> Option<&'a (String, Id)> {
        let names = self.reader.conventions.names.get(self.field().trim_end_matches('s'))?;
        let near = problems::nearest(text, names.iter().map(|(name, _)| &**name))?;
        names.iter().find(|(name, _)| name == near)
    }

    /// Tells of a problem with the value.
    pub fn report<T>(self, problem: impl FnOnce(Place) -> Diagnostic) -> Option<T> {
        self.reader.report(problem(self.place()));
        None
    }

    /// The value as a mapping to read fields from, or a problem, which shows those that must be written.
    pub fn fields(self, required: impl FnOnce() -> Vec<&'static str>) -> Option<Fields<'a>> {
        match self.value {
            Value::Mapping(map) => Some(Fields::new(self, map)),
            Value::String(text) if self.runs_together(text) => None,
            other => self.report(|at| {
                let example = self.example(&required());
                problems::no_fields(at, &kind_of(other), &example)
            }),
        }
    }

    /// How a mapping with some fields is written in place of the value: `left: {on: …, reason: …}`.
    fn example(self, fields: &[&str]) -> String {
        let fields: Vec<String> = fields.iter().map(|field| format!("{field}: …")).collect();
        match self.trail {
            Trail::Top => fields.join("\n"),
            Trail::Key(_, key) => format!("{key}: {{{}}}", fields.join(", ")),
            Trail::Index(..) => format!("- {{{}}}", fields.join(", ")),
        }
    }

    /// Tells of the colons that should make a text a mapping, and whether it begins with such a one.
    fn runs_together(self, text: &str) -> bool {
        let mut from = 0;
        for word in text.split_inclusive(' ') {
            let colon = colon_of_key(word).filter(|(colon, _)| word[..colon.start].is_ascii());
            match colon {
                Some((Range { start, end }, is_full_width)) => {
                    let at = from + start..from + end;
                    self.reader.report_colon(self.trail.to_path(), at, is_full_width);
                }
                None if from == 0 => return false,
                None => {}
            }
            from += word.len();
        }
        true
    }

    /// The elements of a sequence, or a problem. The default stands in for each that is faulty, so that all are in their place.
    pub fn each<T: Default>(self, mut read: impl FnMut(Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Sequence(elements) = self.value else {
            return self.report(|at| problems::no_list(at, &kind_of(self.value)));
        };
        // As many as there are: records are kept as long as the site.
        let mut results = Vec::with_capacity(elements.len());
        for (index, value) in elements.iter().enumerate() {
            let trail = Trail::Index(&self.trail, index);
            results.push(read(Node { value, trail, reader: self.reader }).unwrap_or_default());
        }
        Some(results)
    }

    /// The entries of a mapping whose keys are values themselves, or a problem.
    pub fn entries<T>(self, mut read: impl FnMut(&str, Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        let fields = self.fields(|| vec!["…"])?;
        let entries = fields.map.iter().map(|(key, value)| (key_text(key), value));
        let mut results = Vec::new();
        for (key, value) in entries.filter(|(key, _)| !fields.is_miswritten(key)) {
            let node = Node { value, trail: Trail::Key(&self.trail, &key), reader: self.reader };
            results.extend(read(&key, node));
        }
        Some(results)
    }

    /// The text of a scalar that may be written without quotes, such as a date or an amount.
    pub fn scalar(self) -> Option<Cow<'a, str>> {
        match self.value {
            Value::String(text) => Some(text.into()),
            Value::Number(number) => Some(number.to_string().into()),
            _ => None,
        }
    }
}

/// The fields of a mapping.
pub struct Fields<'a> {
    node: Node<'a>,
    map: &'a Mapping,
    /// The keys that have been told to be miswritten, as they are written and as they are meant.
    miswritten: Vec<String>,
}

impl<'a> Fields<'a> {
    /// Takes a mapping, and tells of what brackets let through: colons that do not end their key, commas that cut a number.
    fn new(node: Node<'a>, map: &'a Mapping) -> Self {
        let mut fields = Fields { node, map, miswritten: Vec::new() };
        let mut before = None;
        for (key, value) in map {
            let written = if value.is_null() { key_text(key) } else { "".into() };
            if let Some((colon, is_full_width)) = colon_of_key(&written) {
                node.reader.report_colon(fields.path(&written), colon.clone(), is_full_width);
                fields.miswritten.extend([written[..colon.start].to_owned(), written.into()]);
            } else if let Some(cut) = before.filter(|_| has_three_digits(&written)) {
                let cut = key_text(cut);
                let place = Place::value(node.reader.path, fields.path(&cut));
                node.reader.report(problems::cut_number(place));
                fields.miswritten.extend([cut.into(), written.into()]);
            } else {
                before = Some(key);
            }
        }
        fields
    }

    /// The way to a field.
    fn path(&self, name: &str) -> KeyPath {
        with_step(self.node.trail.to_path(), Step::Key(name.into()))
    }

    fn is_miswritten(&self, name: &str) -> bool {
        self.miswritten.iter().any(|miswritten| miswritten == name)
    }

    /// Reads a field; a missing or faulty one is told and stood in for.
    pub fn read<T: FromYaml>(&self, name: &str) -> T {
        if self.is_miswritten(name) {
            return T::absent().unwrap_or_default();
        }
        // Among so few keys, looking is faster than hashing the name.
        let is_named = |key: &Value| matches!(key, Value::String(key) if key == name);
        let found = self.map.iter().find(|(key, _)| is_named(key));
        match found.map(|(_, value)| value) {
            None | Some(Value::Null) => T::absent().unwrap_or_else(|| {
                let place = Place::value(self.node.reader.path, self.path(name));
                self.node.reader.report(match found {
                    None => problems::missing_field(place, name),
                    Some(_) => problems::empty_field(place, name),
                });
                T::default()
            }),
            Some(value) => {
                let trail = Trail::Key(&self.node.trail, name);
                let read = T::from_yaml(Node { value, trail, reader: self.node.reader });
                read.or_else(T::absent).unwrap_or_default()
            }
        }
    }

    /// Tells of the fields that are not among the known ones.
    pub fn refuse_others(&self, known: &[&str]) {
        for key in self.map.keys().map(key_text) {
            if !known.contains(&&*key) && !self.is_miswritten(&key) {
                let place = Place::key(self.node.reader.path, self.path(&key));
                self.node.reader.report(problems::unknown_field(place, &key, known));
            }
        }
    }
}

/// Whether a text begins like what follows a thousands comma: `000万元`.
fn has_three_digits(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn key_text(key: &Value) -> Cow<'_, str> {
    match key {
        Value::String(text) => text.into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(value) => value.to_string().into(),
        _ => "".into(),
    }
}

/// What a value is, in words for the message.
pub(super) fn kind_of(value: &Value) -> crate::diagnostic::Phrase {
    let (zh, en) = match value {
        Value::Null => ("空值", "nothing"),
        Value::Bool(_) => ("真假值", "a boolean"),
        Value::Number(_) => ("数字", "a number"),
        Value::String(_) => ("文字", "a text"),
        Value::Sequence(_) => ("列表", "a list"),
        Value::Mapping(_) => ("几项 `项: 值`", "several `key: value`"),
        Value::Tagged(_) => ("带标签的值", "a tagged value"),
    };
    crate::diagnostic::Phrase::new(zh, en)
}

impl<T: FromYaml> FromYaml for Option<T> {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        T::from_yaml(node).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({"anyOf": [T::schema(), {"type": "null"}]})
    }
}

impl<T: FromYaml> FromYaml for Vec<T> {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        node.each(T::from_yaml)
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({"type": ["array", "null"], "items": T::schema()})
    }
}

/// Declares a record once: the struct, how it is read from YAML, and its JSON Schema with the comments as descriptions.
///
/// A field whose type has no meaning for "left out" must be written. A YAML name that Rust reserves stands after `as`.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[doc = $doc:literal])+ pub $field:ident $(as $yaml:literal)? : $type:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        $vis struct $name { $( $(#[doc = $doc])+ pub $field: $type, )* }

        impl $crate::record::FromYaml for $name {
            fn from_yaml(node: $crate::record::Node<'_>) -> Option<Self> {
                let fields = node.fields(|| {
                    let mut required = Vec::new();
                    $( if <$type as $crate::record::FromYaml>::absent().is_none() {
                        required.push(record!(@name $field $($yaml)?));
                    } )*
                    required
                })?;
                let read = $name { $( $field: fields.read(record!(@name $field $($yaml)?)), )* };
                fields.refuse_others(&[$( record!(@name $field $($yaml)?) ),*]);
                Some(read)
            }

            fn schema() -> serde_json::Value {
                let mut properties = serde_json::Map::new();
                let mut required = Vec::<&str>::new();
                $(
                    let name = record!(@name $field $($yaml)?);
                    let mut schema = <$type as $crate::record::FromYaml>::schema();
                    schema["description"] = concat!($($doc),+).trim().into();
                    properties.insert(name.into(), schema);
                    if <$type as $crate::record::FromYaml>::absent().is_none() {
                        required.push(name);
                    }
                )*
                serde_json::json!({
                    "type": "object", "properties": properties, "required": required, "additionalProperties": false
                })
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $yaml:literal) => { $yaml };
}

/// Declares a closed list of codes: the enum, its codes as they are written, and other accepted spellings.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal $(| $other:literal)* , )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$variant_meta])* $variant, )* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),*];

            /// The code as it is written in records, data and templates.
            pub fn code(self) -> &'static str {
                match self { $( $name::$variant => $code, )* }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                $name::ALL[0]
            }
        }

        impl $crate::record::FromYaml for $name {
            fn from_yaml(node: $crate::record::Node<'_>) -> Option<Self> {
                let text = node.scalar();
                match text.as_deref() {
                    $( Some($code $(| $other)*) => Some($name::$variant), )*
                    _ => node.unknown_code(&[$( $code ),*]),
                }
            }

            fn schema() -> serde_json::Value {
                serde_json::json!({"enum": [$( $code $(, $other)* ),*]})
            }
        }
    };
}

pub(super) use {codes, record};

impl Node<'_> {
    /// Tells that a value is not one of a closed list of codes.
    pub(super) fn unknown_code<T>(self, codes: &[&str]) -> Option<T> {
        match self.scalar() {
            Some(text) => self.report(|at| problems::unknown_code(at, &text, codes)),
            None => {
                self.report(|at| problems::wrong_type(at, "文字", "a text", &kind_of(self.value)))
            }
        }
    }
}
