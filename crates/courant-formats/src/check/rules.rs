//! The rules a check asks, one row each: how grave a breach is, whose rule it is, what is wrong, and what to do.
//!
//! A row whose standard is empty is asked by several standards: the finding then names the one of the table at hand.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Allowed, but readers or machines will stumble.
    Warning,
    /// The standard is broken.
    Error,
}

impl Severity {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in reports and scripts: `missing-element`.
    pub id: &'static str,
    /// How grave a breach is.
    pub severity: Severity,
    /// The standard that has it; empty where several do.
    pub standard: &'static str,
    /// The clause of the standard.
    pub clause: &'static str,
    /// What is wrong, to stand behind the place.
    pub says: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal $severity:ident $standard:literal $clause:literal: $says:literal => $remedy:literal;)*) => {
        $(pub(super) const $name: &Rule = &Rule {
            id: $id, severity: Severity::$severity, standard: $standard, clause: $clause, says: $says, remedy: $remedy,
        };)*
        /// Every rule there is.
        pub static RULES: &[&Rule] = &[$($name),*];
    };
}

rules! {
    // Any file.
    EMPTY_DOCUMENT = "empty-document" Error "" "": "holds nothing" => "send the document";
    NOT_A_DOCUMENT = "not-a-document" Error "" "": "is none of the kinds that can be checked" => "name the kind with --as, or send a feed, an item, a sitemap or a page";
    BINARY_DOCUMENT = "binary-document" Error "" "": "is binary data, not text" => "send the text itself, not a picture or an archive";
    TOO_LARGE = "too-large" Error "" "": "is larger than a check reads" => "split it";
    UNKNOWN_ENCODING = "unknown-encoding" Error "XML 1.0" "4.3.3": "declares an encoding nobody knows" => "declare UTF-8 and send UTF-8";
    UNICODE_ERROR = "unicode-error" Error "XML 1.0" "4.3.3": "holds bytes that are not of the encoding it declares" => "declare the encoding the bytes are in, best UTF-8";
    MISSING_ENCODING = "missing-encoding" Info "XML 1.0" "4.3.3": "does not say what it is encoded in" => "begin with <?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    NONSTANDARD_ENCODING = "nonstandard-encoding" Warning "XML 1.0" "4.3.3": "is in an encoding that not every XML reader knows" => "send UTF-8";
    ENCODING_MISMATCH = "encoding-mismatch" Warning "RFC 7303" "3": "is said to be in one encoding by its header and in another by its declaration" => "say the same in both";
    BAD_XML_VERSION = "bad-xml-version" Error "XML 1.0" "2.8": "is not XML 1.0" => "declare version=\"1.0\"";
    NOT_WELL_FORMED = "not-well-formed" Error "XML 1.0" "2.1": "is not well-formed XML" => "mend the markup at that place";
    UNDECLARED_PREFIX = "undeclared-prefix" Error "Namespaces in XML 1.0" "5": "uses a prefix that is not declared" => "declare the prefix on the root element";
    UNDEFINED_ENTITY = "undefined-named-entity" Error "XML 1.0" "4.1": "uses a named entity that XML does not have" => "write the character itself or its number";
    ENTITY_NOT_EXPANDED = "entity-not-expanded" Error "XML 1.0" "4.4": "uses an entity that the document declares itself; no careful reader expands such" => "write the characters it stands for";
    SYSTEM_ENTITY = "contains-system-entity" Info "XML 1.0" "4.2.2": "refers to a document type elsewhere, which readers do not fetch" => "leave the DOCTYPE out";
    BAD_CHARACTERS = "bad-characters" Warning "Unicode" "": "holds control characters or text that was encoded twice" => "encode the text once, as UTF-8";
    INVALID_NAMESPACE = "invalid-namespace" Error "" "": "is in a namespace that is not the standard's" => "write the namespace as the standard has it";
    OBSOLETE_NAMESPACE = "obsolete-namespace" Error "RFC 4287" "1.2": "is in the namespace of an obsolete format" => "write Atom 1.0: http://www.w3.org/2005/Atom";
    MISSING_NAMESPACE = "missing-namespace" Error "" "": "is in no namespace" => "declare the standard's namespace";
    UNKNOWN_NAMESPACE = "unknown-namespace" Warning "Namespaces in XML 1.0" "2.1": "declares a namespace this check knows nothing of, so nothing in it was checked" => "see whether it is written correctly";
    NONSTANDARD_PREFIX = "nonstd-prefix" Info "Namespaces in XML 1.0" "4": "binds a known namespace to an unusual prefix, which simple readers do not find" => "use the customary prefix";
    RESERVED_PREFIX = "reserved-prefix" Warning "Namespaces in XML 1.0" "4": "binds a customary prefix to another namespace" => "choose another prefix";
    AVOID_NAMESPACE_PREFIX = "avoid-namespace-prefix" Warning "RFC 4287" "1.2": "binds the namespace of Atom or XHTML to a prefix, which some readers do not understand" => "make it the default namespace where it is used";
    OBSOLETE_WIKI_NAMESPACE = "obsolete-wiki-namespace" Warning "RSS 1.0 module wiki" "": "declares an outdated namespace" => "use http://purl.org/rss/1.0/modules/wiki/";
    UNDETERMINABLE_VOCABULARY = "undeterminable-vocabulary" Warning "RFC 4287" "6.1": "is an element in no namespace" => "put extensions into a namespace of their own";

    // What elements hold.
    MISSING_ELEMENT = "missing-element" Error "" "": "lacks an element that must be there" => "add it";
    MISSING_DESCRIPTION = "missing-description" Error "" "": "lacks its description" => "add a description";
    MISSING_LINK = "missing-link" Error "" "": "lacks its link" => "add the address of the page it is of";
    MISSING_TITLE = "missing-title" Error "" "": "lacks its title" => "add a title";
    UNDEFINED_ELEMENT = "undefined-element" Error "" "": "is no element of this place" => "remove it, or put it where the standard has it";
    QUESTIONABLE_USAGE = "questionable-usage" Warning "RFC 5023" "": "is a known element in a place nobody expects it" => "move it to where readers look for it";
    DUPLICATE_ELEMENT = "duplicate-element" Error "" "": "stands more than once" => "keep one";
    MISSING_ATTRIBUTE = "missing-attribute" Error "" "": "lacks an attribute that must be there" => "add the attribute";
    UNEXPECTED_ATTRIBUTE = "unexpected-attribute" Error "" "": "has an attribute that the standard does not have" => "remove the attribute, or mind its upper and lower case";
    EXTENSION_ATTRIBUTE = "use-of-extension-attr" Warning "RSS 2.0" "extending RSS": "has an attribute of another namespace, which readers ignore" => "use an element of that namespace";
    UNEXPECTED_TEXT = "unexpected-text" Error "" "": "holds text where only elements may stand" => "remove the text";
    UNEXPECTED_WHITESPACE = "unexpected-whitespace" Error "RFC 4287" "2": "begins or ends with white space" => "remove the white space";
    NOT_BLANK = "not-blank" Warning "" "": "is empty" => "fill it or leave it out";
    ATTRIBUTE_BLANK = "attr-not-blank" Warning "" "": "has an empty attribute" => "fill the attribute or leave it out";

    // Addresses and names.
    INVALID_LINK = "invalid-link" Error "RFC 3986" "3": "is no address" => "write an address such as https://news.example/a";
    INVALID_FULL_LINK = "invalid-full-link" Error "RFC 3986" "4.3": "is no absolute address" => "write the whole address with its scheme";
    INVALID_IRI = "invalid-iri" Error "RFC 3987" "2": "is no address" => "write an address such as https://news.example/a";
    INVALID_URI_CHAR = "invalid-uri-char" Error "RFC 3986" "2": "holds a character that no address may have" => "percent-encode it";
    INVALID_URI_ATTRIBUTE = "invalid-uri-attribute" Error "RFC 3986" "3": "has an attribute that is no address" => "write an address";
    INVALID_URL_ATTRIBUTE = "invalid-url-attribute" Error "RFC 9110" "4.2": "has an attribute that is no http or https address" => "write an absolute http or https address";
    URI_NOT_IRI = "uri-not-iri" Error "RFC 3987" "3.1": "is an address with letters beyond ASCII where only ASCII may stand" => "percent-encode the letters";
    INVALID_TAG = "invalid-tag" Error "RFC 4151" "2.1": "begins as a tag: address and is none" => "write tag:authority,date:specific";
    INVALID_URN = "invalid-urn" Error "RFC 8141" "2": "begins as a urn: name and is none" => "write urn:namespace:name";
    INVALID_UUID = "invalid-uuid" Error "RFC 9562" "4": "begins as a UUID and is none" => "write urn:uuid: and 32 hexadecimal digits in five groups";
    UNREGISTERED_SCHEME = "scheme-not-iana-registered" Warning "RFC 7595" "3.8": "has a scheme that is not registered" => "mind the spelling of the scheme";
    NON_CANONICAL_URI = "non-canonical-uri" Warning "RFC 4287" "4.2.6.1": "is not in its normal form, so comparing it may fail" => "write it in the normal form";
    SAME_DOCUMENT_REFERENCE = "same-document-reference" Warning "RFC 3986" "4.4": "resolves to its own base, which readers take for this document" => "write the whole address";
    CONTAINS_RELATIVE_REFERENCE = "contains-rel-ref" Warning "RSS Best Practices Profile" "relative URLs": "holds an address that is not absolute" => "write the whole address";
    RELATIVE_SELF = "relative-self" Warning "RFC 4287" "4.2.7.2": "names itself by an address that is not absolute" => "write the whole address";

    // Dates.
    INVALID_RFC3339_DATE = "invalid-rfc3339-date" Error "RFC 3339" "5.6": "is no date and time" => "write it as 2026-11-25T21:00:00Z";
    INVALID_RFC2822_DATE = "invalid-rfc2822-date" Error "RFC 5322" "3.3": "is no date and time" => "write it as Wed, 25 Nov 2026 21:00:00 GMT";
    INCORRECT_DAY_OF_WEEK = "incorrect-dow" Error "RFC 5322" "3.3": "names a day of the week that the date is not" => "correct the day of the week";
    PROBLEMATICAL_RFC822_DATE = "problematical-rfc822-date" Warning "RSS Best Practices Profile" "dates": "is a date that many readers cannot read" => "write it as Wed, 25 Nov 2026 21:00:00 GMT";
    INVALID_W3CDTF_DATE = "invalid-w3cdtf-date" Error "W3C Date and Time Formats" "": "is no date" => "write it as 2026-11-25T21:00:00Z, or leave the time out";
    INVALID_ISO8601_DATE_TIME = "invalid-iso8601-date-time" Error "ISO 8601" "": "is no date" => "write it as 2026-11-25T21:00:00Z";
    IMPLAUSIBLE_DATE = "implausible-date" Warning "RSS Best Practices Profile" "dates": "lies in the future or before 1990" => "give the time at which it was published";

    // Other values.
    INVALID_CONTACT = "invalid-contact" Error "RFC 5322" "3.4.1": "is no mail address" => "write name@host.example";
    INVALID_ADDR_SPEC = "invalid-addr-spec" Error "RFC 5322" "3.4.1": "is no bare mail address" => "write name@host.example and nothing else";
    EMAIL_FORMAT = "email-format" Warning "RSS Best Practices Profile" "author": "is a mail address in an unusual form" => "write name@host.example (Name)";
    MISSING_REAL_NAME = "missing-real-name" Warning "RSS Best Practices Profile" "author": "is a mail address without a name" => "write name@host.example (Name)";
    CONTAINS_EMAIL = "contains-email" Warning "RFC 4287" "3.2.1": "holds a mail address in a name" => "put the address into an element of its own";
    INVALID_LANGUAGE = "invalid-language" Error "RFC 5646" "2.1": "is no language tag" => "write a tag such as en or en-GB";
    INVALID_MIME_TYPE = "invalid-mime-type" Error "RFC 6838" "4.2": "is no media type of this place" => "write a media type such as image/jpeg";
    INVALID_MIME_ATTRIBUTE = "invalid-mime-attribute" Error "RFC 6838" "4.2": "has a type that is no media type" => "write a media type such as image/jpeg";
    INVALID_ENCODING = "invalid-encoding" Error "IANA character sets" "": "names an encoding nobody knows" => "write UTF-8";
    INVALID_INTEGER = "invalid-integer" Error "" "": "is no whole number" => "write a whole number";
    INVALID_NON_NEGATIVE_INTEGER = "invalid-non-negative-integer" Error "" "": "is no whole number from 0 up" => "write a whole number from 0 up";
    INVALID_POSITIVE_INTEGER = "invalid-positive-integer" Error "" "": "is no whole number from 1 up" => "write a whole number from 1 up";
    INTEGER_OVERFLOW = "integer-overflow" Error "" "": "is larger than 2147483647" => "write a smaller number";
    INVALID_INTEGER_ATTRIBUTE = "invalid-integer-attribute" Error "" "": "has an attribute that is no whole number" => "write a whole number";
    INVALID_BOOLEAN_ATTRIBUTE = "invalid-boolean-attribute" Error "" "": "has an attribute that is neither true nor false" => "write true or false";
    INVALID_FLOAT = "invalid-float" Error "" "": "is no number" => "write a number such as 12.5";
    INVALID_LATITUDE = "invalid-latitude" Error "" "": "is no latitude" => "write degrees from -90 to 90";
    INVALID_LONGITUDE = "invalid-longitude" Error "" "": "is no longitude" => "write degrees from -180 to 180";
    INVALID_COORD = "invalid-coord" Error "GeoRSS" "": "is no pair of coordinates" => "write latitude, a space, longitude";
    INVALID_COORD_LIST = "invalid-coord-list" Error "GeoRSS" "": "is no list of coordinates" => "write pairs of latitude and longitude, parted by spaces";
    COORD_COMMA = "coord-comma" Warning "GeoRSS" "": "parts coordinates by a comma" => "part them by a space";
    INVALID_YES_NO = "invalid-yes-no" Error "" "": "is neither yes nor no" => "write yes or no";
    INVALID_YES_NO_CLEAN = "invalid-yes-no-clean" Error "iTunes podcast tags" "itunes:block": "is neither yes, no nor clean" => "write yes or no";
    INVALID_TRUE_FALSE = "invalid-true-false" Error "" "": "is neither true nor false" => "write true or false";
    INVALID_DURATION = "invalid-duration" Error "iTunes podcast tags" "itunes:duration": "is no duration" => "write seconds, mm:ss or hh:mm:ss";
    TOO_LONG = "too-long" Error "" "": "is longer than allowed" => "shorten it";
    INVALID_KEYWORDS = "invalid-keywords" Warning "iTunes podcast tags" "itunes:keywords": "parts keywords by spaces" => "part them by commas";
    INVALID_COMMA_INTEGERS = "invalid-comma-separated-integers" Error "RSS 1.0 module slash" "hit_parade": "is no list of whole numbers" => "write numbers parted by commas";
    INVALID_FORM_NAME = "invalid-form-component-name" Error "RSS 2.0" "textInput": "is no name of a field of a form" => "begin with a letter";
    NOT_SUFFICIENTLY_UNIQUE = "not-sufficiently-unique" Warning "RSS Best Practices Profile" "guid": "is a short number, which other feeds use too" => "use a tag: address or the address of the item";
    DUPLICATE_VALUE = "duplicate-value" Error "" "": "has a value that was used already" => "give each its own value";
    INVALID_NPT_TIME = "invalid-npt-time" Error "RFC 2326" "3.6": "is no time of play" => "write now, seconds, or h:mm:ss";

    // Text and markup in it.
    CONTAINS_HTML = "contains-html" Warning "" "": "holds HTML where plain text belongs" => "send plain text, with & and < as &#x26; and &#x3C;";
    CHARACTER_DATA = "character-data" Warning "RSS Best Practices Profile" "character data": "encodes & or < in a way that readers take differently" => "write &#x26; and &#x3C;";
    CONTAINS_UNDECLARED_HTML = "contains-undeclared-html" Warning "RFC 4287" "3.1.1.1": "holds HTML and is said to be plain text" => "say type=\"html\"";
    NOT_INLINE = "not-inline" Warning "RFC 4287" "3.1.1.3": "holds escaped markup and is said to be XHTML" => "say type=\"html\"";
    NOT_HTML = "not-html" Warning "WHATWG HTML" "13.2": "is said to be HTML and is not" => "send HTML, or say that it is text";
    NOT_ESCAPED = "not-escaped" Error "RFC 4287" "3.1.1.2": "is said to be escaped and is not" => "escape the markup, or say type=\"xhtml\"";
    HTML_FRAGMENT = "html-fragment" Warning "RFC 4287" "4.1.3.3": "is said to be a whole HTML document and is a part of one" => "say type=\"html\"";
    MISSING_XHTML_DIV = "missing-xhtml-div" Error "RFC 4287" "3.1.1.3": "is said to be XHTML and does not begin with a div" => "put the markup into one xhtml:div";
    MISPLACED_XHTML = "misplaced-xhtml-content" Warning "RFC 4287" "3.1.1.3": "has XHTML where none belongs" => "move it into content";
    SECURITY_RISK = "security-risk" Warning "RFC 4287" "8.1": "holds an element that readers remove because it may harm" => "leave scripts, objects, frames and forms out";
    SECURITY_RISK_ATTR = "security-risk-attr" Warning "RFC 4287" "8.1": "holds an attribute that readers remove because it may harm" => "leave it out";
    DANGEROUS_STYLE = "dangerous-style-attr" Warning "RFC 4287" "8.1": "has a style that readers remove because it may harm" => "leave style attributes out";
    NOT_BASE64 = "not-base64" Error "RFC 4287" "4.1.3.3": "is said to be binary data and is not base64" => "encode it as base64";
    INVALID_TEXT_TYPE = "invalid-text-type" Error "RFC 4287" "3.1.1": "has a type that texts do not have" => "say text, html or xhtml";
    MISSING_TYPE_ATTR = "missing-type-attr" Warning "RFC 4287" "4.1.3.2": "refers to content without saying its type" => "add the type";

    // Atom.
    MISSING_SELF = "missing-self" Warning "RFC 4287" "4.1.1": "does not say its own address" => "add link rel=\"self\"";
    MISSING_ATOM_SELF_LINK = "missing-atom-self-link" Warning "RSS Best Practices Profile" "atom:link": "does not say its own address" => "add atom:link rel=\"self\"";
    SELF_ELSEWHERE = "self-doesnt-match-location" Warning "RFC 4287" "4.2.7.2": "names another address than the one it was fetched from" => "name the address at which it is to be fetched";
    SELF_NOT_ATOM = "self-not-atom" Warning "RFC 4287" "4.2.7.2": "names itself with a type that no feed has" => "say application/atom+xml or application/rss+xml";
    MISSING_SUMMARY = "missing-summary" Error "RFC 4287" "4.1.2": "has content that cannot be shown in place and no summary" => "add a summary";
    MISSING_CONTENT_OR_ALTERNATE = "missing-content-or-alternate" Error "RFC 4287" "4.1.2": "has neither content nor a link to it" => "add content or link rel=\"alternate\"";
    MISSING_TEXTUAL_CONTENT = "missing-textual-content" Warning "RFC 4287" "4.1.2": "has no text" => "add a summary";
    MISPLACED_METADATA = "misplaced-metadata" Error "RFC 4287" "4.1.1": "stands behind an entry" => "put what is said of the feed before the entries";
    DUPLICATE_ENTRIES = "duplicate-entries" Warning "RFC 4287" "4.1.1": "has the id of another entry" => "give each entry its own id";
    DUPLICATE_UPDATED = "duplicate-updated" Info "RFC 4287" "4.2.15": "was updated at the same instant as another entry" => "see whether that is so";
    DUPLICATE_ATOM_LINK = "duplicate-atom-link" Error "RFC 4287" "4.1.1": "is a second alternate of the same type and language" => "keep one, or tell them apart by type or hreflang";
    MISSING_HREF = "missing-href" Error "RFC 4287" "4.2.7.1": "has no href" => "add the href";
    ATOM_LINK_NOT_EMPTY = "atom-link-not-empty" Warning "RFC 4287" "4.2.7": "holds text" => "put the address into href";
    UNREGISTERED_LINK_REL = "unregistered-atom-link-rel" Warning "RFC 8288" "2.1": "has a relation that is not registered" => "use a registered name or an address";
    MISSING_SOURCE_ELEMENT = "missing-source-element" Warning "RFC 4287" "4.2.11": "lacks an element that says where the entry comes from" => "copy it from the feed it comes from";
    MISSING_LANGUAGE = "missing-dc-language" Info "" "": "does not say its language" => "add xml:lang, or language in RSS";
    FEED_REL_IN_COMPLETE_FEED = "feed-rel-in-complete-feed" Error "RFC 5005" "2": "says it is complete and leads to other parts" => "remove fh:complete or the link";
    CURRENT_NOT_SELF = "current-not-self-in-complete-feed" Error "RFC 5005" "2": "says it is complete and that another is current" => "let current be the feed itself";
    FEED_HISTORY_REL_IN_ENTRY = "feed-history-rel-in-entry" Warning "RFC 5005" "3": "has a relation of feeds in an entry" => "move the link to the feed";
    LINK_PAST_END = "link-past-end" Error "RFC 5005" "3": "leads on from the first or last part" => "remove the link";
    ARCHIVE_INCOMPLETE = "archive-incomplete" Warning "RFC 5005" "4": "is an archive that leads to no other" => "add link rel=\"prev-archive\" or \"next-archive\"";
    MISSING_CURRENT_IN_ARCHIVE = "missing-current-in-archive" Warning "RFC 5005" "4": "is an archive that does not lead to the feed" => "add link rel=\"current\"";
    TOMBSTONE_INCOMPLETE = "tombstone-incomplete" Error "RFC 6721" "3": "is a tombstone without ref or when" => "add ref (the id of the entry) and when";
    NO_THR_WHEN = "no-thr-when" Error "RFC 4685" "4": "uses an attribute of a draft" => "write thr:updated";

    // RSS.
    INVALID_RSS_VERSION = "invalid-rss-version" Error "RSS 2.0" "rss": "is of a version that does not exist" => "write version=\"2.0\"";
    INVALID_DOCTYPE = "invalid-doctype" Error "RSS 0.91" "DOCTYPE": "has the document type of another version" => "leave the DOCTYPE out";
    DEPRECATED_DTD = "deprecated-dtd" Error "RSS 0.91" "DOCTYPE": "refers to a document type that is gone" => "leave the DOCTYPE out";
    ITEM_WITHOUT_WORDS = "item-must-contain-title-or-description" Error "RSS 2.0" "item": "has neither title nor description" => "add a title";
    MISSING_GUID = "missing-guid" Warning "RSS Best Practices Profile" "guid": "has no guid" => "add a guid that never changes";
    INVALID_GUID = "invalid-http-guid" Error "RSS 2.0" "guid": "is said to be an address and is none" => "say isPermaLink=\"false\"";
    INVALID_PERMALINK = "invalid-permalink" Error "RSS 2.0" "guid": "is no address of a page, as a guid without isPermaLink=\"false\" is" => "say isPermaLink=\"false\"";
    MISPLACED_ITEM = "misplaced-item" Warning "RSS Best Practices Profile" "item": "stands before an element of the channel" => "put what is said of the channel before the items";
    DUPLICATE_ENCLOSURE = "duplicate-enclosure" Warning "RSS Best Practices Profile" "enclosure": "is a second enclosure, which many readers do not take" => "keep one, and give the others as media:content";
    USE_ZERO_FOR_UNKNOWN = "use-zero-for-unknown" Error "RSS Best Practices Profile" "enclosure": "gives an unknown length as -1" => "write 0";
    USE_ZERO_FOR_MIDNIGHT = "use-zero-for-midnight" Warning "RSS Best Practices Profile" "skipHours": "gives midnight as 24" => "write 0";
    INVALID_HOUR = "invalid-hour" Error "RSS 2.0" "skipHours": "is no hour" => "write 0 to 23";
    INVALID_DAY = "invalid-day" Error "RSS 2.0" "skipDays": "is no day of the week" => "write Monday to Sunday";
    TOO_MANY_HOURS = "not-enough-hours-in-the-day" Error "RSS 2.0" "skipHours": "names more than 24 hours" => "name each hour once";
    TOO_MANY_DAYS = "eight-days-a-week" Error "RSS 2.0" "skipDays": "names more than 7 days" => "name each day once";
    INVALID_WIDTH = "invalid-width" Error "RSS 2.0" "image": "is no width of an image of a channel" => "write 1 to 144";
    INVALID_HEIGHT = "invalid-height" Error "RSS 2.0" "image": "is no height of an image of a channel" => "write 1 to 400";
    IMAGE_TITLE_DIFFERS = "image-title-doesnt-match" Warning "RSS Best Practices Profile" "image": "is not the title of the channel" => "repeat the title of the channel";
    IMAGE_LINK_DIFFERS = "image-link-doesnt-match" Warning "RSS Best Practices Profile" "image": "is not the link of the channel" => "repeat the link of the channel";
    IMAGE_URL_FORMAT = "image-url-format" Warning "RSS 2.0" "image": "is an image that is no GIF, JPEG or PNG" => "give a GIF, JPEG or PNG";
    AVOID_TEXT_INPUT = "avoid-text-input" Warning "RSS Best Practices Profile" "textInput": "is an element that most readers ignore" => "leave it out";
    NO_BLINK = "no-blink" Error "RSS 2.0" "": "is an element nobody has" => "remove it";
    CONTENT_BEFORE_DESCRIPTION = "need-description-before-content" Warning "RSS Best Practices Profile" "content:encoded": "stands before the description, so some readers take it for the summary" => "put the description first";
    DUPLICATE_DESCRIPTION = "duplicate-description-semantics" Warning "RSS Best Practices Profile" "description": "says again what description says" => "use description or content:encoded";
    SLASH_DATE = "slash-date" Warning "RSS Best Practices Profile" "slash:comments": "counts comments in a feed that does not say when it was made" => "add lastBuildDate";
    DUPLICATE_SEMANTICS = "duplicate-semantics" Warning "RSS 2.0" "extending RSS": "says again what another element says" => "keep one of the two";
    DUPLICATE_ITEM_SEMANTICS = "duplicate-item-semantics" Warning "RSS 2.0" "extending RSS": "says again what another element of the item says" => "keep one of the two";
    COMMENT_RSS = "comment-rss" Warning "Well-Formed Web CommentAPI" "": "is written with capitals that the specification does not have" => "write wfw:commentRss";
    INVALID_UPDATE_PERIOD = "invalid-update-period" Error "RSS 1.0 module syndication" "updatePeriod": "is no period" => "write hourly, daily, weekly, monthly or yearly";
    INVALID_RDF = "invalid-rdf" Error "RDF/XML" "7.2": "mixes text and elements" => "put the text into an element, or say rdf:parseType=\"Literal\"";

    // Media RSS, iTunes and others.
    INVALID_CREDIT_ROLE = "invalid-credit-role" Error "Media RSS 1.5" "media:credit": "is no role of its scheme" => "use a role of the European Broadcasting Union, in lower case";
    INVALID_MEDIA_TEXT_TYPE = "invalid-media-text-type" Error "Media RSS 1.5" "media:text": "has a type that is neither plain nor html" => "say plain or html";
    INVALID_MEDIA_HASH = "invalid-media-hash" Error "Media RSS 1.5" "media:hash": "is no hash of its kind" => "write 32 hexadecimal digits for md5, 40 for sha-1";
    INVALID_MEDIA_RATING = "invalid-media-rating" Error "Media RSS 1.5" "media:rating": "is no rating of its scheme" => "use a rating of the scheme";
    INVALID_MEDIA_RESTRICTION = "invalid-media-restriction" Error "Media RSS 1.5" "media:restriction": "is no restriction" => "write all or none, or say the type";
    INVALID_MEDIA_RESTRICTION_REL = "invalid-media-restriction-rel" Error "Media RSS 1.5" "media:restriction": "neither allows nor denies" => "say allow or deny";
    INVALID_MEDIA_RESTRICTION_TYPE = "invalid-media-restriction-type" Error "Media RSS 1.5" "media:restriction": "is of a type that does not exist" => "say country or uri";
    INVALID_COUNTRY = "invalid-country-code" Error "ISO 3166-1" "": "is no country" => "write two letters such as GB";
    INVALID_MEDIA_MEDIUM = "invalid-media-medium" Error "Media RSS 1.5" "media:content": "is no medium" => "say image, audio, video, document or executable";
    INVALID_MEDIA_EXPRESSION = "invalid-media-expression" Error "Media RSS 1.5" "media:content": "is no expression" => "say sample, full or nonstop";
    MEDIA_GROUP_OF_ONE = "media-group-without-alternatives" Error "Media RSS 1.5" "media:group": "groups fewer than two" => "group alternatives only";
    DEPRECATED_MEDIA_ADULT = "deprecated-media-adult" Warning "Media RSS 1.5" "media:adult": "is outdated" => "write media:rating";
    MISSING_ITUNES_ELEMENT = "missing-itunes-element" Warning "iTunes podcast tags" "": "lacks an element that podcast directories ask for" => "add it";
    MISSING_ITUNES_EMAIL = "missing-itunes-email" Warning "iTunes podcast tags" "itunes:owner": "names no mail address of its owner" => "add itunes:owner with itunes:email";
    INVALID_ITUNES_CATEGORY = "invalid-itunes-category" Error "iTunes podcast tags" "itunes:category": "is no category" => "use a category of the list";
    OBSOLETE_ITUNES_CATEGORY = "obsolete-itunes-category" Warning "iTunes podcast tags" "itunes:category": "is a category of an earlier list" => "use a category of the list";
    INVALID_ITUNES_EPISODE_TYPE = "invalid-itunes-episode-type" Error "iTunes podcast tags" "itunes:episodeType": "is no kind of episode" => "say full, trailer or bonus";
    INVALID_ITUNES_CHANNEL_TYPE = "invalid-itunes-channel-type" Error "iTunes podcast tags" "itunes:type": "is no kind of podcast" => "say episodic or serial";
    UNSUPPORTED_ITUNES_FORMAT = "unsupported-itunes-format" Warning "iTunes podcast tags" "enclosure": "is a file that podcast players do not play" => "send m4a, mp3, mov, mp4, m4v, pdf or epub";
    NOT_UTF8 = "not-utf8" Warning "iTunes podcast tags" "": "is a podcast and not in UTF-8" => "send UTF-8";
    INVALID_ACCESS_RESTRICTION = "invalid-access-restriction-rel" Error "Feed access control 1.0" "": "neither allows nor denies" => "say allow or deny";
    INVALID_META_NAME = "invalid-meta-name" Error "WHATWG HTML" "4.2.5": "is a meta element that feeds do not have" => "say name=\"robots\"";
    INVALID_META_CONTENT = "invalid-meta-content" Error "RFC 9309" "": "is nothing that a robot is told" => "say index or noindex, follow or nofollow";
    INVALID_SSE_TYPE = "invalid-sse-type" Error "FeedSync 1.0" "sx:related": "is no kind of related feed" => "say complete or aggregated";
    INVALID_NSS = "invalid-nss" Error "FeedSync 1.0" "sx:sync": "holds characters that a name may not have" => "use letters, digits and ()+,-.:=@;$_!*'/?#";
    SINCE_AFTER_UNTIL = "since-after-until" Error "FeedSync 1.0" "sx:sharing": "begins after it ends" => "swap since and until";
    MISSING_BY_AND_WHEN = "missing-by-and-when-attrs" Error "FeedSync 1.0" "sx:history": "says neither who nor when" => "add by or when";
    MISSING_RECOMMENDED_ATTRIBUTE = "missing-recommended-attribute" Warning "FeedSync 1.0" "sx:history": "lacks an attribute that should be there" => "add it";

    // OPML, OpenSearch, AtomPub.
    INVALID_OPML_VERSION = "invalid-opml-version" Error "OPML 2.0" "opml": "is of a version that does not exist" => "write version=\"2.0\"";
    OBSOLETE_VERSION = "obsolete-version" Warning "OPML 2.0" "opml": "is of an obsolete format" => "write OPML 2.0";
    MISSING_XML_URL = "missing-xml-url" Warning "OPML 2.0" "subscription lists": "is a feed without its address" => "add xmlUrl";
    MISSING_URL_ATTR = "missing-url-attr" Warning "OPML 2.0" "link": "is a link without its address" => "add url";
    MISSING_TITLE_ATTR = "missing-title-attr" Info "OPML 2.0" "subscription lists": "is a feed without its title" => "add title";
    MISSING_OUTLINE_TYPE = "missing-outline-type" Warning "OPML 2.0" "outline": "has attributes of a type and does not say the type" => "add type";
    INVALID_OUTLINE_TYPE = "invalid-outline-type" Warning "OPML 2.0" "outline": "is of a type that version 1 does not have" => "write OPML 2.0";
    INVALID_OUTLINE_VERSION = "invalid-outline-version" Warning "OPML 2.0" "subscription lists": "is a feed of a version that does not exist" => "say RSS, RSS1, RSS2 or scriptingNews";
    INVALID_EXPANSION_STATE = "invalid-expansion-state" Error "OPML 2.0" "head": "is no list of line numbers" => "write numbers parted by commas";
    INVALID_LOCAL_PARAMETER = "invalid-local-parameter" Error "OpenSearch 1.1" "template syntax": "uses a parameter that does not exist" => "use searchTerms, count, startIndex, startPage, language, inputEncoding or outputEncoding";
    INVALID_LOCAL_ROLE = "invalid-local-role" Error "OpenSearch 1.1" "Query": "is no role" => "say request, example, related, correction, subset or superset";
    INVALID_SYNDICATION_RIGHT = "invalid-syndication-right" Error "OpenSearch 1.1" "SyndicationRight": "is no right" => "say open, limited, private or closed";
    INVALID_ADULT_CONTENT = "invalid-adult-content" Warning "OpenSearch 1.1" "AdultContent": "is neither true nor false" => "write true or false";
    NOT_URL_ENCODED = "not-url-encoded" Error "OpenSearch 1.1" "Query": "is not encoded for an address" => "percent-encode it";
    SHOULD_INCLUDE_EXAMPLE = "should-include-example" Info "OpenSearch 1.1" "Query": "shows no example of a search" => "add Query role=\"example\"";
    CONFLICTING_CAT_ATTR = "conflicting-cat-attr" Error "RFC 5023" "7.2.1": "has an attribute that a category document with href does not have" => "remove it";
    CONFLICTING_CAT_CHILDREN = "conflicting-cat-children" Error "RFC 5023" "7.2.1": "has categories and refers to others" => "keep one";
    UNDEFINED_PARAM = "undefined-param" Warning "RFC 5023" "8.3.4": "has a parameter that media ranges do not have here" => "remove it";

    // Formats of JSON.
    NOT_JSON = "not-json" Error "RFC 8259" "2": "is not JSON" => "mend it at that place";
    JSON_FEED_VERSION = "json-feed-version" Error "JSON Feed 1.1" "version": "is no version of JSON Feed" => "write https://jsonfeed.org/version/1.1";
    JSON_FEED_MISSING = "json-feed-missing" Error "JSON Feed 1.1" "top-level and items": "lacks a member that must be there" => "add it";
    JSON_FEED_TYPE = "json-feed-type" Error "JSON Feed 1.1" "top-level and items": "has a member of the wrong type" => "write it as the specification has it";
    JSON_FEED_URL = "json-feed-url" Error "JSON Feed 1.1" "top-level and items": "has an address that is not absolute" => "write the whole address";
    JSON_FEED_DATE = "json-feed-date" Error "JSON Feed 1.1" "items": "has a date that is not of RFC 3339" => "write it as 2026-11-25T21:00:00Z";
    JSON_FEED_DUPLICATE = "json-feed-duplicate-id" Error "JSON Feed 1.1" "items": "has the id of another item" => "give each item its own id";
    JSON_FEED_CONTENT = "json-feed-content" Error "JSON Feed 1.1" "items": "has neither content_html nor content_text" => "add one of them";
    JSON_FEED_UNKNOWN = "json-feed-unknown" Warning "JSON Feed 1.1" "extensions": "has a member that JSON Feed does not have" => "let names of extensions begin with an underscore";
    JSON_FEED_DEPRECATED = "json-feed-deprecated" Warning "JSON Feed 1.1" "authors": "uses a member of version 1" => "write authors";
    JSON_FEED_SELF = "json-feed-self" Warning "JSON Feed 1.1" "feed_url": "does not say its own address" => "add feed_url";
    JSON_FEED_LANGUAGE = "json-feed-language" Error "JSON Feed 1.1" "language": "is no language tag" => "write a tag such as en or en-GB";
    NINJS_SCHEMA = "ninjs-schema" Error "IPTC ninjs" "schema": "is not as the schema of its version has it" => "mend it by the schema";

    // NewsML-G2 and NITF.
    G2_NAMESPACE = "g2-namespace" Error "NewsML-G2 2.35" "namespace": "is not in the namespace of NewsML-G2" => "declare http://iptc.org/std/nar/2006-10-01/";
    G2_STANDARD = "g2-standard" Error "NewsML-G2 2.35" "anyItem": "does not say which standard it is of" => "write standard=\"NewsML-G2\" and standardversion";
    G2_CONFORMANCE = "g2-conformance" Error "NewsML-G2 2.35" "anyItem": "says a conformance that does not exist" => "write conformance=\"power\" or \"core\"";
    G2_MISSING_ATTRIBUTE = "g2-missing-attribute" Error "NewsML-G2 2.35" "anyItem": "lacks an attribute that must be there" => "add it";
    G2_MISSING_ELEMENT = "g2-missing-element" Error "NewsML-G2 2.35" "anyItem": "lacks an element that must be there" => "add it";
    G2_ORDER = "g2-order" Error "NewsML-G2 2.35" "anyItem": "stands in the wrong order" => "keep the order of the schema";
    G2_UNKNOWN_ELEMENT = "g2-unknown-element" Error "NewsML-G2 2.35" "anyItem": "is no element of this place" => "remove it, or put it where the schema has it";
    G2_VERSION = "g2-version" Error "NewsML-G2 2.35" "anyItem": "is no version" => "write a whole number from 1 up";
    G2_DATE = "g2-date" Error "NewsML-G2 2.35" "date-time": "is no date of its place" => "write it as 2026-11-25T21:00:00Z";
    G2_QCODE = "g2-qcode" Error "NewsML-G2 2.35" "QCode": "is no QCode" => "write scheme:code";
    G2_ALIAS = "g2-alias" Warning "NewsML-G2 2.35" "catalog": "uses a scheme that no catalog declares" => "declare it in a catalog, or refer to the catalog that does";
    G2_CATALOG = "g2-catalog" Error "NewsML-G2 2.35" "catalog": "has no catalog, so no QCode can be resolved" => "add catalogRef or catalog";
    G2_UNIDENTIFIED = "g2-unidentified" Warning "NewsML-G2 2.35" "flexible properties": "says neither code nor address" => "add qcode or uri";
    G2_EMPTY = "g2-empty" Warning "NewsML-G2 2.35" "anyItem": "holds nothing of what such an item is for" => "add it";
    G2_PUB_STATUS = "g2-pub-status" Error "NewsML-G2 2.35" "pubStatus": "is no status of publication" => "write stat:usable, stat:withheld or stat:canceled";
    G2_LANGUAGE = "g2-language" Warning "NewsML-G2 2.35" "xml:lang": "does not say its language" => "add xml:lang";
    G2_ID_REFERENCE = "g2-id-reference" Error "NewsML-G2 2.35" "id": "refers to an id that is not there" => "refer to an id of the document";
    G2_DUPLICATE_ID = "g2-duplicate-id" Error "XML 1.0" "3.3.1": "has an id that was used already" => "give each element its own id";
    NITF_MISSING = "nitf-missing" Error "NITF 3.6" "nitf": "lacks an element that must be there" => "add it";
    NITF_UNKNOWN = "nitf-unknown" Error "NITF 3.6" "nitf": "is no element of this place" => "remove it, or put it where the schema has it";
    NITF_VALUE = "nitf-value" Error "NITF 3.6" "docdata": "has a value that the standard does not have" => "use a value of the standard";
    NITF_DATE = "nitf-date" Error "NITF 3.6" "docdata": "is no date" => "write it as 20261125T210000Z";

    // Sitemaps.
    SITEMAP_NAMESPACE = "sitemap-namespace" Error "Sitemaps 0.9" "XML tag definitions": "is not in the namespace of sitemaps" => "declare http://www.sitemaps.org/schemas/sitemap/0.9";
    SITEMAP_ELEMENT = "sitemap-element" Error "Sitemaps 0.9" "XML tag definitions": "is no element of this place" => "remove it";
    SITEMAP_LOC = "sitemap-loc" Error "Sitemaps 0.9" "loc": "lacks an absolute address of at most 2,048 characters" => "write the whole address";
    SITEMAP_HOST = "sitemap-host" Error "Sitemaps 0.9" "location": "lists an address of another host" => "list addresses of the host the file is on";
    SITEMAP_LASTMOD = "sitemap-lastmod" Error "Sitemaps 0.9" "lastmod": "is no W3C date" => "write it as 2026-11-25T21:00:00Z, or leave the time out";
    SITEMAP_FUTURE = "sitemap-future" Warning "Sitemaps 0.9" "lastmod": "lies in the future, so machines stop believing it" => "give the last change that a reader could see";
    SITEMAP_CHANGEFREQ = "sitemap-changefreq" Error "Sitemaps 0.9" "changefreq": "is no frequency" => "say always, hourly, daily, weekly, monthly, yearly or never";
    SITEMAP_PRIORITY = "sitemap-priority" Error "Sitemaps 0.9" "priority": "is no priority" => "write 0.0 to 1.0";
    SITEMAP_TOO_MANY = "sitemap-too-many" Error "Sitemaps 0.9" "limits": "lists more than 50,000 addresses" => "split it and add an index";
    SITEMAP_TOO_LARGE = "sitemap-too-large" Error "Sitemaps 0.9" "limits": "has more than 50 MB" => "split it and add an index";
    SITEMAP_DUPLICATE = "sitemap-duplicate" Warning "Sitemaps 0.9" "loc": "is listed twice" => "list each address once";
    SITEMAP_EMPTY = "sitemap-empty" Warning "Sitemaps 0.9" "XML tag definitions": "lists nothing" => "list at least one address, or leave the file out";
    NEWS_TOO_MANY = "news-sitemap-too-many" Error "Google News sitemap" "limits": "lists more than 1,000 stories" => "split it and add an index";
    NEWS_TOO_OLD = "news-sitemap-too-old" Error "Google News sitemap" "publication_date": "is a story of more than two days ago" => "list stories of the last two days only";
    NEWS_MISSING = "news-sitemap-missing" Error "Google News sitemap" "news:news": "lacks an element that must be there" => "add it";
    NEWS_LANGUAGE = "news-sitemap-language" Error "Google News sitemap" "news:language": "is no ISO 639 code" => "write two or three letters, or zh-cn, zh-tw";
    NEWS_DATE = "news-sitemap-date" Error "Google News sitemap" "publication_date": "is no W3C date" => "write it as 2026-11-25T21:00:00Z";

    // Pages.
    HTML_DOCTYPE = "html-doctype" Error "WHATWG HTML" "13.1.1": "does not begin with <!doctype html>" => "begin with <!doctype html>";
    HTML_PARSE = "html-parse" Error "WHATWG HTML" "13.2.2": "has markup that HTML does not have" => "mend it at that place";
    HTML_NESTING = "html-nesting" Error "WHATWG HTML" "13.1.2": "closes what is not open, or leaves open what must be closed" => "close elements in the order they were opened";
    HTML_DUPLICATE_ID = "html-duplicate-id" Error "WHATWG HTML" "3.2.6": "has an id that was used already" => "give each element its own id";
    HTML_DUPLICATE_ATTRIBUTE = "html-duplicate-attribute" Error "WHATWG HTML" "13.1.2.3": "has an attribute twice" => "keep one";
    HTML_LANG = "html-lang" Error "WCAG 2.2" "3.1.1": "does not say its language" => "write lang on html";
    HTML_DIR = "html-dir" Error "WHATWG HTML" "3.2.6.4": "is in a language that runs from right to left and does not say so" => "write dir=\"rtl\" on html";
    HTML_DIR_MISSING = "html-dir-missing" Warning "WHATWG HTML" "3.2.6.4": "does not say its direction" => "write dir on html";
    HTML_TITLE = "html-title" Error "WCAG 2.2" "2.4.2": "has no title" => "add a title";
    HTML_H1 = "html-h1" Error "WHATWG HTML" "4.3.11": "does not have exactly one h1" => "keep one h1";
    HTML_HEADING_SKIPPED = "html-heading-skipped" Warning "WCAG 2.2" "1.3.1": "skips a level of headings" => "go down by one level at a time";
    HTML_MAIN = "html-main" Error "WHATWG HTML" "4.4.14": "does not have exactly one main" => "keep one main";
    HTML_CHARSET = "html-charset" Error "WHATWG HTML" "4.2.5.4": "does not say utf-8 in its first 1,024 bytes" => "put <meta charset=utf-8> first in the head";
    HTML_VIEWPORT = "html-viewport" Error "WCAG 2.2" "1.4.4": "has no viewport, or one that forbids to enlarge" => "write width=device-width,initial-scale=1";
    HTML_IMAGE_ALT = "html-image-alt" Error "WCAG 2.2" "1.1.1": "is an image without alt" => "say what it shows, or alt=\"\" when it adds nothing";
    HTML_IMAGE_SIZE = "html-image-size" Error "WHATWG HTML" "4.8.17": "is an image without width and height, so the page jumps" => "add width and height";
    HTML_TIME = "html-time" Error "WHATWG HTML" "4.5.14": "is a time that machines cannot read" => "write datetime with an offset";
    HTML_LINK_EMPTY = "html-link-empty" Error "WCAG 2.2" "2.4.4": "is a link without words" => "add words or aria-label";
    HTML_LABEL = "html-label" Error "WCAG 2.2" "1.3.1": "is a field without a label" => "add a label or aria-label";
    HTML_FOREIGN = "html-foreign" Error "Courant" "no foreign host": "loads something from another host" => "serve it from the site itself";
    HTML_INLINE_HANDLER = "html-inline-handler" Error "Content Security Policy 3" "4.2": "has a handler in an attribute, which the policy stops" => "listen in a script";
    CANONICAL_MISSING = "canonical-missing" Error "RFC 6596" "3": "does not say its canonical address" => "add link rel=\"canonical\"";
    CANONICAL_RELATIVE = "canonical-relative" Error "RFC 6596" "3": "names a canonical address that is not absolute" => "write the whole address";
    CANONICAL_ELSEWHERE = "canonical-elsewhere" Warning "RFC 6596" "3": "names another page as canonical" => "name the page itself, unless it is a copy";
    CANONICAL_TWICE = "canonical-twice" Error "RFC 6596" "3": "names more than one canonical address" => "keep one";
    HREFLANG_SELF = "hreflang-self" Error "Google hreflang" "": "names its other languages and not itself" => "add the page itself";
    HREFLANG_DEFAULT = "hreflang-default" Warning "Google hreflang" "": "names its languages and no x-default" => "add hreflang=\"x-default\"";
    HREFLANG_LANGUAGE = "hreflang-language" Error "RFC 5646" "2.1": "names a language that is none" => "write a tag such as en or en-GB";
    HREFLANG_RETURN = "hreflang-return" Error "Google hreflang" "": "is named by a page in another language and does not name it in return" => "let both name each other";
    OG_REQUIRED = "og-required" Error "Open Graph protocol" "basic metadata": "lacks a property that must be there" => "add og:title, og:type, og:image and og:url";
    OG_URL = "og-url" Error "Open Graph protocol" "basic metadata": "has an address that is not absolute" => "write the whole address";
    OG_IMAGE_ALT = "og-image-alt" Warning "Open Graph protocol" "structured properties": "has an image without og:image:alt" => "say what the image shows";
    JSON_LD_SYNTAX = "json-ld-syntax" Error "JSON-LD 1.1" "": "is no JSON-LD" => "mend the script";
    JSON_LD_REQUIRED = "json-ld-required" Error "schema.org NewsArticle" "": "lacks a property that must be there" => "add it";
    JSON_LD_RECOMMENDED = "json-ld-recommended" Warning "schema.org NewsArticle" "": "lacks a property that should be there" => "add it";
    JSON_LD_DATE = "json-ld-date" Error "schema.org NewsArticle" "datePublished": "has a date without an offset" => "write it as 2026-11-25T21:00:00+03:00";
    JSON_LD_HIDDEN = "json-ld-hidden" Error "Google structured data" "content guidelines": "says something that the page does not show" => "show it, or leave it out";
    JSON_LD_URL = "json-ld-url" Error "schema.org NewsArticle" "": "has an address that is not absolute" => "write the whole address";

    // Answers of a server.
    HTTP_STATUS = "http-status" Error "RFC 9110" "15": "is not answered with 200" => "see why the address does not answer";
    HTTP_CONTENT_TYPE = "http-content-type" Error "RFC 9110" "8.3": "is sent with a type that it is not of" => "send the right Content-Type";
    HTTP_CSP = "http-csp" Error "Content Security Policy 3" "3.1": "is sent without a policy, or with one that lets strange scripts run" => "send Content-Security-Policy with default-src 'none'";
    HTTP_NOSNIFF = "http-nosniff" Error "WHATWG Fetch" "3.6": "is sent without X-Content-Type-Options: nosniff" => "send it";
    HTTP_REFERRER = "http-referrer" Error "Referrer Policy" "4.1": "is sent without a Referrer-Policy" => "send Referrer-Policy: strict-origin-when-cross-origin";
    HTTP_COOKIE = "http-cookie" Error "Courant" "no cookie": "sets a cookie" => "remove Set-Cookie from public pages";
    HTTP_ETAG = "http-etag" Error "RFC 9110" "8.8.3": "is sent without an entity tag" => "send an ETag";
    HTTP_CONDITIONAL = "http-conditional" Error "RFC 9110" "13.1.2": "does not answer 304 to a request with its own entity tag" => "compare If-None-Match";
    HTTP_VARY = "http-vary" Error "RFC 9110" "12.5.5": "is coded as asked and does not say Vary: Accept-Encoding" => "send Vary: Accept-Encoding";
    HTTP_CODING = "http-coding" Warning "RFC 9110" "8.4": "is sent as it is to whoever takes it compressed" => "compress what is larger than 1 kB";
    HTTP_CODING_DIFFERS = "http-coding-differs" Error "RFC 9110" "8.4": "is another document when it is compressed" => "send the same document in every coding";
    HTTP_LANGUAGE = "http-language" Warning "RFC 9110" "8.5": "is sent without Content-Language" => "send Content-Language";
    HTTP_LANGUAGE_DIFFERS = "http-language-differs" Error "RFC 9110" "8.5": "is said to be in another language than the page says" => "say the same in both";
    HTTP_HEAD = "http-head" Error "RFC 9110" "9.3.2": "answers HEAD with other headers than GET" => "answer both alike";
    HTTP_CACHE = "http-cache" Warning "RFC 9111" "5.2": "is sent without Cache-Control" => "say how long it may be kept";
    HTTP_REDIRECTS = "http-redirects" Error "RFC 9110" "15.4": "is redirected in a circle or too often" => "redirect once, to the address itself";
    HTTP_UNANSWERED = "http-unanswered" Error "RFC 9110" "": "does not answer" => "see whether the server runs and can be reached";

    // Files for machines.
    ROBOTS_SIZE = "robots-size" Error "RFC 9309" "2.5": "is larger than 500 KiB, the rest of which is not read" => "shorten it";
    ROBOTS_UTF8 = "robots-utf8" Error "RFC 9309" "2.3": "is not UTF-8" => "send UTF-8";
    ROBOTS_LINE = "robots-line" Warning "RFC 9309" "2.2": "is a line that no robot reads" => "write name: value";
    ROBOTS_ORPHAN = "robots-orphan" Error "RFC 9309" "2.1": "is a rule that belongs to no user-agent" => "put User-agent before it";
    ROBOTS_PATH = "robots-path" Error "RFC 9309" "2.2.2": "is a rule whose path does not begin with / or *" => "begin with /";
    ROBOTS_SITEMAP = "robots-sitemap" Error "Sitemaps 0.9" "robots.txt": "names a sitemap by an address that is not absolute" => "write the whole address";
    ROBOTS_AGENT = "robots-agent" Error "RFC 9309" "2.2.1": "is no name of a robot" => "use letters, digits, - and _, or *";
    SECURITY_CONTACT = "security-contact" Error "RFC 9116" "2.5.3": "has no Contact, or one that is no address" => "write mailto:, tel: or https:";
    SECURITY_EXPIRES = "security-expires" Error "RFC 9116" "2.5.5": "does not have exactly one Expires that is a date" => "write Expires: 2027-05-01T00:00:00Z";
    SECURITY_EXPIRED = "security-expired" Error "RFC 9116" "2.5.5": "has expired" => "look whether it is still true and write a new date";
    SECURITY_EXPIRES_FAR = "security-expires-far" Warning "RFC 9116" "2.5.5": "expires in more than a year" => "write a date less than a year away";
    SECURITY_HTTPS = "security-https" Error "RFC 9116" "2.5": "names an address that is not https" => "write https";
    SECURITY_CANONICAL = "security-canonical" Warning "RFC 9116" "2.5.2": "names other addresses as its own than the one it was fetched from" => "add Canonical with this address";
    SECURITY_LANGUAGES = "security-languages" Error "RFC 9116" "2.5.8": "has more than one Preferred-Languages, or one that is no list of languages" => "write Preferred-Languages: en, ru";
    SECURITY_LINE = "security-line" Error "RFC 9116" "4": "is a line that the grammar does not have" => "write Name: value";
    SECURITY_FIELD = "security-field" Warning "RFC 9116" "2.4": "is a field that is not registered" => "mind its spelling";
    TRUST_LINE = "trust-line" Error "draft-org-trust-relationship-protocol-01" "3": "is a line that the grammar does not have" => "write attribute=value";
    TRUST_ATTRIBUTE = "trust-attribute" Warning "draft-org-trust-relationship-protocol-01" "3": "is an attribute that is not defined" => "mind its spelling";
    TRUST_VALUE = "trust-value" Error "draft-org-trust-relationship-protocol-01" "3": "has a value that its attribute does not have" => "write an absolute address, or yes or no";
}
