//! The reader's pages: a plain struct for each, and `render`, which makes the whole HTML of it.
//!
//! A page struct holds what the page says, not how it looks: instants, not printed times; a story, not its markup.
//! Whoever answers a request fills one and calls `render`. Nothing here reads a database, a clock or a request.
//!
//! | address | struct |
//! | --- | --- |
//! | `/` | [`FrontPage`] |
//! | `/all`, a section, topic, dossier, place, byline, a day | [`ListPage`] with its [`ListOf`] |
//! | `/today` | [`TodayPage`] |
//! | `/filter` | [`FilterPage`] |
//! | `/topics` | [`TopicsPage`] |
//! | `/dossiers`, `/dossiers/SLUG/versions` | [`DossiersPage`], [`DossierVersionsPage`] |
//! | `/2026/11`, `/2026` | [`MonthPage`], [`YearPage`] |
//! | a story | [`StoryPage`] |
//! | a story on hold (200), killed or taken down (410) | [`NoticePage`] |
//! | how a story is cited | [`CitePage`] |
//! | a story's entries, what changed between two | [`VersionsPage`], [`DiffPage`] |
//! | `/corrections` | [`RegisterPage`] |
//! | what other media report of a story or a dossier | [`PressPage`] |
//! | `/press`, `/partners` | [`PressSourcesPage`], [`PartnersPage`] |
//! | `/about` and the policies below it | [`AboutPage`], [`PolicyPage`] |
//! | `/search` | [`SearchPage`] |
//! | `/convert` | [`ConvertPage`] |
//! | `/rates` | [`RatesPage`] |
//! | `/rates/USD` | [`HistoryPage`] |
//! | 400, 404, 414, 431, 503 | [`FaultPage`] |
//!
//! Every page has one `<h1>`, one zone, one language of furniture, and is complete without script. It contains no style
//! attribute and no inline handler, so that the policy of [`content_security_policy`] holds. Addresses given to a page
//! are paths from the root unless said otherwise; everything given as text is escaped here.

mod about;
mod archive;
mod assets;
mod body;
mod card;
mod chart;
mod choose;
mod chrome;
mod cite;
mod convert;
mod dossier;
mod fault;
mod filter_form;
mod front;
mod head;
mod hidden;
mod history;
mod list;
mod locator;
mod map;
mod money;
mod notice;
mod picture;
mod press;
mod rates;
mod register;
mod rows;
mod search;
mod story;
mod structured;
mod suggest;
mod today;
mod topics;
mod versions;

pub use about::{AboutPage, PolicyPage};
pub use archive::{MonthPage, YearPage};
pub use assets::{ICON_PATH, ICON_SVG, Script, Sheet, content_security_policy};
pub use body::body_html;
pub(crate) use body::escaped;
pub(crate) use card::{agency_card, agency_card_path, story_card, story_card_path};
pub use choose::{Choice, ChoiceGroup, CountedDay, Example, FilterPage, WordsFound};
pub use chrome::{Chrome, Link};
pub use cite::CitePage;
pub use convert::{ConvertPage, ConvertProblem, SameAmounts};
pub use dossier::{
    Absorbed, DossierDescription, DossierEntryLine, DossierHead, DossierVersionsPage, DossiersPage, KeyEventLine, Since, SinceWhat,
};
pub use fault::{Fault, FaultPage};
pub use filter_form::{AlsoRule, FilterForm};
pub(crate) use filter_form::{is_readable, value_name};
pub use front::{DossierBox, FrontPage, PICTURED, SectionBox, Teaser};
pub use hidden::Hidden;
pub use history::{HistoryPage, HistoryRange, HistorySeries};
pub use list::{ListOf, ListPage, Moment};
pub use map::MapView;
pub use money::{InCurrency, MoneyChoice, MoneyShown, RateUsed};
pub use notice::{NoticeKind, NoticePage};
pub use press::{LanguageChoice, PartnersPage, PressBox, PressOf, PressPage, PressSourcesPage};
pub use rates::{RateRow, RatesPage, StripRate};
pub use register::{RegisterEntry, RegisterPage};
pub use rows::{Row, RowState};
pub use search::{Bar, Facet, FacetValue, Histogram, Hit, QueryProblem, SearchOrder, SearchPage};
pub use story::{PastNote, StoryForm, StoryPage};
pub use today::{EditionSection, TodayPage};
pub use topics::{Subject, SubjectTree, TopicsPage};
pub use versions::{DiffPage, LifeEntry, VersionsPage};

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
