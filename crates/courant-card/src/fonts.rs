//! Which face draws which letter.

use std::path::PathBuf;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, Family, ID, Query, Stretch, Style, Weight};
use resvg::usvg::{FontResolver, Options};

/// Where fonts are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FontSource {
    /// Where the system keeps them.
    #[default]
    Machine,
    /// In these files and folders only.
    Paths(Vec<PathBuf>),
}

/// Which of the two kinds of letter a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// Headlines, bold.
    Serif,
    /// Everything else.
    Sans,
}

/// Names of families by language, best first; those of no language come last for every language.
type Families = &'static [(&'static [&'static str], &'static [&'static str])];

const SERIF: Families = &[
    (&["ja"], &["Noto Serif CJK JP", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"]),
    (&["zh"], &["Noto Serif CJK SC", "Noto Serif SC", "Songti SC"]),
    (&["ko"], &["Noto Serif CJK KR", "Noto Serif KR"]),
    (&["ar", "fa", "ur"], &["Noto Naskh Arabic", "Amiri", "Geeza Pro"]),
    (&[], &["Noto Serif", "DejaVu Serif", "Liberation Serif", "Georgia", "Times New Roman"]),
];

const SANS: Families = &[
    (&["ja"], &["Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic"]),
    (&["zh"], &["Noto Sans CJK SC", "Noto Sans SC", "PingFang SC"]),
    (&["ko"], &["Noto Sans CJK KR", "Noto Sans KR"]),
    (&["ar", "fa", "ur"], &["Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro"]),
    (&[], &["Noto Sans", "DejaVu Sans", "Liberation Sans", "Helvetica", "Arial"]),
];

/// The fonts there are.
pub(crate) struct Fonts {
    faces: Arc<Database>,
}

impl Fonts {
    pub(crate) fn of(source: &FontSource) -> Self {
        let mut found = Database::new();
        match source {
            FontSource::Machine => found.load_system_fonts(),
            FontSource::Paths(paths) => {
                for path in paths {
                    if path.is_dir() {
                        found.load_fonts_dir(path);
                    } else {
                        // A file that is no font leaves its letters out of the card.
                        let _ = found.load_font_file(path);
                    }
                }
            }
        }
        // The order of a folder is the file system's: by name, the same fonts draw the same card everywhere.
        let mut all: Vec<FaceInfo> = found.faces().cloned().collect();
        all.sort_by_cached_key(|face| (face.style != Style::Normal, face.post_script_name.clone(), face.weight, face.index));
        let mut faces = Database::new();
        for face in all {
            faces.push_face_info(face);
        }
        Self { faces: Arc::new(faces) }
    }

    /// How a text of this language finds its faces.
    pub(crate) fn options(&self, lang: &str) -> Options<'static> {
        let lang: Box<str> = lang.into();
        let select = move |asked: &resvg::usvg::Font, faces: &mut Arc<Database>| {
            let face = if asked.weight() < BOLD { Face::Sans } else { Face::Serif };
            first(faces, face, &lang)
        };
        Options {
            fontdb: Arc::clone(&self.faces),
            font_resolver: FontResolver { select_font: Box::new(select), select_fallback: Box::new(covering) },
            ..Options::default()
        }
    }
}

/// The weight that stands for headlines.
pub(crate) const BOLD: u16 = 700;

fn families(face: Face, lang: &str) -> impl Iterator<Item = &'static str> {
    let table = match face {
        Face::Serif => SERIF,
        Face::Sans => SANS,
    };
    table.iter().filter(move |(langs, _)| langs.is_empty() || langs.contains(&lang)).flat_map(|(_, names)| names.iter().copied())
}

/// The face a text begins with; any when none of ours is there.
fn first(faces: &Database, face: Face, lang: &str) -> Option<ID> {
    let names: Vec<Family<'_>> = families(face, lang).map(Family::Name).collect();
    let weight = match face {
        Face::Serif => Weight::BOLD,
        Face::Sans => Weight::NORMAL,
    };
    let query = Query { families: &names, weight, stretch: Stretch::Normal, style: Style::Normal };
    faces.query(&query).or_else(|| faces.faces().next().map(|face| face.id))
}

/// The first face that has a letter the faces used so far lack, of the weight of the first if there is one.
fn covering(letter: char, used: &[ID], faces: &mut Arc<Database>) -> Option<ID> {
    let weight = used.first().and_then(|id| faces.face(*id)).map(|face| face.weight);
    let fitting = |face: &&FaceInfo| !used.contains(&face.id) && has_letter(faces, face.id, letter);
    let same = faces.faces().filter(|face| Some(face.weight) == weight).find(fitting);
    same.or_else(|| faces.faces().find(fitting)).map(|face| face.id)
}

fn has_letter(faces: &Database, id: ID, letter: char) -> bool {
    let found = faces.with_face_data(id, |bytes, index| {
        let font = skrifa::FontRef::from_index(bytes, index).ok()?;
        skrifa::charmap::Charmap::new(&font).map(letter)
    });
    found.flatten().is_some()
}
