//! The names of the many dialects, and what each stands for.

/// Whose name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, which has no namespace or one of several.
    Rss,
    Atom,
    Rdf,
    DublinCore,
    /// Dublin Core terms, which refine the elements.
    Terms,
    Content,
    Media,
    Itunes,
    Xhtml,
    Xml,
    /// Of no use here.
    Other,
}

impl Space {
    /// The space of an address; people write them with and without a slash, `https` and capitals.
    pub(super) fn of_address(address: &str) -> Self {
        let plain = address.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
        let plain = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://")).unwrap_or(&plain);
        match plain {
            ""
            | "purl.org/rss/1.0"
            | "my.netscape.com/rdf/simple/0.9"
            | "channel.netscape.com/rdf/simple/0.9"
            | "purl.org/net/rss1.1"
            | "backend.userland.com/rss2"
            | "backend.userland.com/rss"
            | "blogs.law.harvard.edu/tech/rss"
            | "www.rssboard.org/rss-specification"
            | "my.netscape.com/publish/formats/rss-0.91.dtd"
            | "www.purl.org/rss/1.0" => Self::Rss,
            _ if plain.starts_with("backend.userland.com/rss") || plain.starts_with("cyber.law.harvard.edu/rss") => Self::Rss,
            "www.w3.org/2005/atom" => Self::Atom,
            _ if plain.starts_with("purl.org/atom/ns") || plain.starts_with("purl.org/atom/app") || plain.contains("atompub.org/2005") => {
                Self::Atom
            }
            "www.w3.org/1999/02/22-rdf-syntax-ns" => Self::Rdf,
            "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" | "purl.org/metadata/dublin_core" => Self::DublinCore,
            "purl.org/dc/terms" => Self::Terms,
            "purl.org/rss/1.0/modules/content" => Self::Content,
            "search.yahoo.com/mrss" | "video.search.yahoo.com/mrss" | "www.rssboard.org/media-rss" | "tools.search.yahoo.com/mrss" => {
                Self::Media
            }
            _ if plain.contains("itunes.com/dtds/podcast") || plain == "example.com/dtds/podcast-1.0.dtd" => Self::Itunes,
            "www.w3.org/1999/xhtml" => Self::Xhtml,
            "www.w3.org/xml/1998/namespace" => Self::Xml,
            _ => Self::Other,
        }
    }

    /// The space that a prefix nobody declared is meant to be.
    pub(super) fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "atom" | "atom10" | "a10" => Self::Atom,
            "rdf" => Self::Rdf,
            "dc" => Self::DublinCore,
            "dcterms" => Self::Terms,
            "content" => Self::Content,
            "media" => Self::Media,
            "itunes" => Self::Itunes,
            "xhtml" => Self::Xhtml,
            "xml" => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// Where an element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Feed,
    Item,
    /// The image of an RSS channel.
    Image,
    /// An author in the manner of Atom.
    Person,
    /// One of several files of one thing.
    Media,
}

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Only what it holds counts.
    Wrapper,
    /// A story.
    Item,
    /// It holds elements of its own and is written under this name.
    Group(&'static str, Around),
    /// Words.
    Words(Words),
    /// An instant.
    Date(Date),
    /// All it says is in its attributes.
    Sign(Sign),
    /// Of no use here.
    Nothing,
}

/// An element of words: the name it is written under, and how much it counts among those of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) name: &'static str,
    pub(super) rank: Rank,
    pub(super) kind: Kind,
}

/// How much an element counts. A higher one replaces a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Taken when there is no better one.
    Instead,
    /// The element that the standard names for it.
    Proper,
    /// Every one counts.
    Each,
}

/// How the words of an element are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain or HTML, nobody knows.
    Loose,
    /// As the attributes of Atom say.
    Atom,
    /// An address.
    Address,
    /// The name or mail address of a person.
    Person,
    /// What RSS calls a guid, which may be an address.
    Guid,
    /// A category with its vocabulary in `domain`.
    Category,
    /// The language of a story, for which the parser has no place.
    Lang,
    /// The copyright notice of a story of RSS, for which the parser has no place.
    Rights,
}

/// Which instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    Published,
    /// Stands in for it: when the text was made.
    Created,
    Updated,
}

/// An element that is only attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A link in the manner of Atom.
    Link,
    /// A category in the manner of Atom.
    Category,
    /// A file that goes with the story: `url`, `type` and size.
    Enclosure,
    /// A small picture: `url`, `width`, `height`.
    Thumbnail,
    /// A picture whose address is in `href`.
    Picture,
}

/// What the element `local` (in small letters) of a space is for, where it stands. In an Atom feed the words are Atom's.
pub(super) fn role(is_atom: bool, around: Around, space: Space, local: &str) -> Role {
    match around {
        Around::Image => match local {
            "url" | "link" => words(
                match local {
                    "url" => "url",
                    _ => "link",
                },
                Rank::Proper,
                Kind::Address,
            ),
            "title" => words("title", Rank::Proper, Kind::Loose),
            _ => Role::Nothing,
        },
        Around::Person => match local {
            "name" => words(if is_atom { "name" } else { "dc:creator" }, Rank::Proper, Kind::Person),
            "email" if is_atom => words("email", Rank::Proper, Kind::Person),
            "uri" | "url" | "homepage" if is_atom => words("uri", Rank::Proper, Kind::Address),
            _ => Role::Nothing,
        },
        Around::Media => media(space, local),
        Around::Feed | Around::Item if is_atom => atom(around, space, local),
        Around::Feed => channel(space, local),
        Around::Item => item(space, local),
    }
}

const fn words(name: &'static str, rank: Rank, kind: Kind) -> Role {
    Role::Words(Words { name, rank, kind })
}

fn atom(around: Around, space: Space, local: &str) -> Role {
    let is_feed = around == Around::Feed;
    match (space, local) {
        (Space::Atom | Space::Rss, local) => match local {
            "feed" => Role::Wrapper,
            "entry" if is_feed => Role::Item,
            "title" => words("title", Rank::Proper, Kind::Atom),
            "subtitle" | "tagline" if is_feed => words("subtitle", Rank::Proper, Kind::Atom),
            "summary" => words("summary", Rank::Proper, Kind::Atom),
            "content" => words("content", Rank::Proper, Kind::Atom),
            "rights" | "copyright" => words("rights", Rank::Proper, Kind::Atom),
            "id" => words("id", Rank::Proper, Kind::Guid),
            "link" => Role::Sign(Sign::Link),
            "category" => Role::Sign(Sign::Category),
            "author" => Role::Group("author", Around::Person),
            "contributor" => Role::Group("contributor", Around::Person),
            "published" | "issued" | "pubdate" => Role::Date(Date::Published),
            "created" => Role::Date(Date::Created),
            "updated" | "modified" => Role::Date(Date::Updated),
            "generator" if is_feed => words("generator", Rank::Proper, Kind::Loose),
            "logo" | "icon" if is_feed => words("logo", Rank::Proper, Kind::Address),
            _ => Role::Nothing,
        },
        (Space::DublinCore | Space::Terms, local) => match local {
            "title" => words("title", Rank::Instead, Kind::Atom),
            "description" if is_feed => words("subtitle", Rank::Instead, Kind::Atom),
            "description" | "abstract" => words("summary", Rank::Instead, Kind::Atom),
            "rights" => words("rights", Rank::Instead, Kind::Atom),
            "creator" | "author" => words("author", Rank::Each, Kind::Person),
            "language" if !is_feed => words("language", Rank::Proper, Kind::Lang),
            "subject" => words("category", Rank::Each, Kind::Category),
            _ => date_of_terms(local),
        },
        (Space::Content, "encoded") => words("content", Rank::Instead, Kind::Atom),
        (Space::Media, local) if !is_feed => media(space, local),
        (Space::Xhtml, "body") if !is_feed => words("content", Rank::Instead, Kind::Atom),
        _ => Role::Nothing,
    }
}

fn date_of_terms(local: &str) -> Role {
    match local {
        "date" | "issued" | "available" => Role::Date(Date::Published),
        "created" => Role::Date(Date::Created),
        "modified" => Role::Date(Date::Updated),
        _ => Role::Nothing,
    }
}

fn channel(space: Space, local: &str) -> Role {
    match (space, local) {
        (Space::Rdf, "rdf") => Role::Wrapper,
        (Space::Rss, local) => match local {
            "rss" | "channel" => Role::Wrapper,
            "item" => Role::Item,
            "title" => words("title", Rank::Proper, Kind::Loose),
            "link" => words("link", Rank::Proper, Kind::Address),
            "description" | "tagline" => words("description", Rank::Proper, Kind::Loose),
            "language" => words("language", Rank::Proper, Kind::Loose),
            "copyright" => words("copyright", Rank::Proper, Kind::Loose),
            "managingeditor" | "author" => words("managingEditor", Rank::Each, Kind::Person),
            "webmaster" => words("webMaster", Rank::Each, Kind::Person),
            "category" => words("category", Rank::Each, Kind::Category),
            "generator" => words("generator", Rank::Proper, Kind::Loose),
            "image" => Role::Group("image", Around::Image),
            "pubdate" => Role::Date(Date::Published),
            "lastbuilddate" | "updated" => Role::Date(Date::Updated),
            _ => Role::Nothing,
        },
        (Space::Atom, "link") => Role::Sign(Sign::Link),
        (Space::Atom, "author") => Role::Group("", Around::Person),
        (Space::Atom, "updated") => Role::Date(Date::Updated),
        (Space::DublinCore | Space::Terms, local) => match local {
            "title" => words("title", Rank::Instead, Kind::Loose),
            "description" => words("description", Rank::Instead, Kind::Loose),
            "language" => words("language", Rank::Instead, Kind::Loose),
            "rights" => words("copyright", Rank::Instead, Kind::Loose),
            "creator" | "author" => words("managingEditor", Rank::Each, Kind::Person),
            "publisher" => words("webMaster", Rank::Each, Kind::Person),
            "subject" => words("category", Rank::Each, Kind::Category),
            _ => date_of_terms(local),
        },
        (Space::Itunes, "summary" | "subtitle") => words("description", Rank::Instead, Kind::Loose),
        (Space::Itunes, "author") => words("managingEditor", Rank::Instead, Kind::Person),
        _ => Role::Nothing,
    }
}

fn item(space: Space, local: &str) -> Role {
    match (space, local) {
        (Space::Rss, local) => match local {
            "title" => words("title", Rank::Proper, Kind::Loose),
            "link" => words("link", Rank::Proper, Kind::Address),
            "description" => words("description", Rank::Proper, Kind::Loose),
            "author" => words("author", Rank::Each, Kind::Person),
            "category" => words("category", Rank::Each, Kind::Category),
            "guid" => words("guid", Rank::Proper, Kind::Guid),
            "enclosure" => Role::Sign(Sign::Enclosure),
            "pubdate" => Role::Date(Date::Published),
            "updated" | "lastbuilddate" => Role::Date(Date::Updated),
            "summary" => words("description", Rank::Instead, Kind::Loose),
            "fullitem" | "body" => words("content:encoded", Rank::Instead, Kind::Loose),
            _ => Role::Nothing,
        },
        (Space::Content, "encoded") => words("content:encoded", Rank::Proper, Kind::Loose),
        (Space::Xhtml, "body") => words("content:encoded", Rank::Instead, Kind::Loose),
        (Space::Media, local) => media(space, local),
        (Space::Itunes, "image") => Role::Sign(Sign::Picture),
        (Space::Itunes, "summary" | "subtitle") => words("description", Rank::Instead, Kind::Loose),
        (Space::Itunes, "author") => words("author", Rank::Instead, Kind::Person),
        (Space::Atom, local) => match local {
            "author" => Role::Group("", Around::Person),
            "link" => Role::Sign(Sign::Enclosure),
            "content" => words("content:encoded", Rank::Instead, Kind::Loose),
            "summary" => words("description", Rank::Instead, Kind::Loose),
            "published" => Role::Date(Date::Published),
            "updated" => Role::Date(Date::Updated),
            _ => Role::Nothing,
        },
        (Space::DublinCore | Space::Terms, local) => match local {
            "title" => words("title", Rank::Instead, Kind::Loose),
            "description" | "abstract" => words("description", Rank::Instead, Kind::Loose),
            "creator" | "author" => words("dc:creator", Rank::Each, Kind::Person),
            "subject" => words("category", Rank::Each, Kind::Category),
            "language" => words("language", Rank::Proper, Kind::Lang),
            "rights" => words("rights", Rank::Proper, Kind::Rights),
            _ => date_of_terms(local),
        },
        _ => Role::Nothing,
    }
}

fn media(space: Space, local: &str) -> Role {
    match (space, local) {
        (Space::Media, "group") => Role::Group("media:group", Around::Media),
        (Space::Media, "content") => Role::Group("media:content", Around::Media),
        (Space::Media, "thumbnail") => Role::Sign(Sign::Thumbnail),
        (Space::Media, "title") => words("media:title", Rank::Proper, Kind::Loose),
        (Space::Media, "description" | "text") => words("media:description", Rank::Proper, Kind::Loose),
        (Space::Media, "credit") => words("media:credit", Rank::Each, Kind::Loose),
        (Space::Media, "category") => words("category", Rank::Each, Kind::Category),
        _ => Role::Nothing,
    }
}
