//! Pages filled with our own text about public facts, for the tests and for looking at them.

pub(super) mod dossier;
pub(super) mod press;
pub(super) mod rates;

use courant_news::filter::Facet as FilterFacet;
use courant_news::{
    AgencyMark, Association, AssociationRole, Block, Byline, Correction, CorrectionKind, Dateline, DossierSlug, EventKind, Filter, Guid,
    Headline, Inline, Lang, Lead, List, Money, NewsItem, Notice, Picture, Place, Point, PubStatus, Quote, Reason, Rendition, SectionSlug,
    Slugline, SourceName, StoryId, Subject, Table, Urgency, Version,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::words::UiLanguage;

pub(super) fn chrome(language: UiLanguage, here: &str) -> Chrome {
    Chrome {
        language,
        agency: "Courant".into(),
        origin: "https://courant.example".into(),
        zone: TimeZone::get("Europe/Moscow").unwrap(),
        sections: ["world", "economy", "science", "technology", "environment", "sports"].map(Into::into).into(),
        here: here.to_owned(),
        foot: Vec::new(),
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn run(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(run(text))
}

pub(super) fn picture() -> Picture {
    let files =
        [640, 1280].map(|width| Rendition::new(&format!("/media/chart-{width}.svg"), "image/svg+xml", width, width * 9 / 16).unwrap());
    Picture::new(
        "The tunnel of the Large Hadron Collider runs in a circle of 27 kilometres under the border of Switzerland and France.",
        "Courant graphics",
        "A plan of the ring of the collider with its four experiments: ATLAS, CMS, ALICE and LHCb.",
        files.into(),
    )
    .unwrap()
}

/// A story of about 500 words with one of everything that copy can hold.
pub(super) fn story() -> NewsItem {
    let mut item = NewsItem::new(
        Guid::parse("tag:courant.example,2012:higgs").unwrap(),
        Headline::parse("CERN experiments observe a particle consistent with the long-sought Higgs boson").unwrap(),
        Lang::english(),
        at("2012-07-04T08:44:00Z"),
    );
    item.version = Version::new(3).unwrap();
    item.section = SectionSlug::parse("science").unwrap();
    item.lead = Some(
        Lead::parse("Both large experiments at the collider near Geneva report a new boson with a mass of about 125 gigaelectronvolts.")
            .unwrap(),
    );
    item.urgency = Urgency::URGENT;
    item.slugline = Some(Slugline::parse("SCIENCE-HIGGS").unwrap());
    item.bylines = vec![Byline::new("Science desk", None).unwrap()];
    item.source = Some(SourceName::parse("CERN").unwrap());
    item.subjects = vec![Subject::new("medtop:13000000", None).unwrap(), Subject::new("medtop:20000731", None).unwrap()];
    item.dossiers = vec![DossierSlug::parse("large-hadron-collider").unwrap()];
    item.times.updated_at = Some(at("2012-07-04T09:20:00Z"));
    item.times.corrected_at = Some(at("2012-07-04T11:05:00Z"));
    item.corrections = vec![Correction {
        version: Version::new(3).unwrap(),
        corrected_at: at("2012-07-04T11:05:00Z"),
        kind: CorrectionKind::Correction,
        reason: Reason::parse("An earlier version gave the circumference of the ring as 17 kilometres. It is 27 kilometres.").unwrap(),
    }];
    let geneva = Place::new("Geneva", None).unwrap().in_country(Some("Switzerland"), Some("CH")).unwrap().in_zone("Europe/Zurich").unwrap();
    let geneva = geneva.at(Point::new(46.2044, 6.1432).unwrap());
    item.dateline = Some(Dateline { place: geneva, filed_at: at("2012-07-04T08:44:00Z"), mark: Some(AgencyMark("COURANT".into())) });
    item.associations = vec![Association { role: AssociationRole::Feature, picture: picture() }];
    item.body = vec![
        paragraph("The two largest experiments at the Large Hadron Collider have each observed a new particle whose mass lies at about 125 gigaelectronvolts, the European Organization for Nuclear Research said on Wednesday at a seminar in its main auditorium, which was carried live to a conference of particle physicists in Melbourne."),
        Block::Paragraph(vec![
            Inline::Text("The particle is a boson, and the heaviest ever found. ATLAS and CMS, which work apart and do not share their data before they publish, each put the chance that the signal is a fluctuation of the background at less than one in three million, the level of five standard deviations that the field asks for before it speaks of a discovery. The preliminary results were ".into()),
            Inline::Link { href: "https://home.cern/".into(), words: run("published by the laboratory") },
            Inline::Text(" on the same day.".into()),
        ]),
        Block::SubHead(run("What the mechanism explains")),
        paragraph("The mechanism that carries the name of Higgs was proposed in 1964 in three papers by six theorists. It gives mass to the carriers of the weak force and leaves the photon without any, which is why light travels as far as it does and the weak force does not reach beyond the nucleus of an atom. The boson is what should remain visible of the field behind it, and it was the last particle of the Standard Model that had not been seen."),
        Block::Quote(Quote {
            paragraphs: vec![run("The next step will be to determine the precise nature of the particle and its significance for our understanding of the universe.")],
            speaker: Some("CERN, statement of 4 July 2012".into()),
        }),
        paragraph("The search took almost half a century. The electron-positron collider that stood in the same tunnel until 2000 had excluded masses below 114 gigaelectronvolts, and the Tevatron in the United States, which stopped in 2011, had narrowed the range from above. Two days before the seminar its experiments published their last analysis, with an excess in the same region that was too weak to be called evidence on its own."),
        Block::Table(Table {
            caption: Some("The two measurements as presented".into()),
            head: vec![run("Experiment"), run("Mass, GeV"), run("Significance")],
            rows: vec![vec![run("ATLAS"), run("126.5"), run("5.0")], vec![run("CMS"), run("125.3 ± 0.6"), run("4.9")]],
        }),
        Block::Paragraph(vec![
            Inline::Text("The ring, 27 kilometres around, cost about ".into()),
            Inline::Money(Money::new("4.6 billion Swiss francs", "4600000000", "CHF").unwrap()),
            Inline::Text(" to build. The seminar began at ".into()),
            Inline::Time { words: "9 a.m.".into(), at: at("2012-07-04T07:00:00Z") },
            Inline::Text(" in Geneva. The collider makes hundreds of millions of collisions a second, of which the experiments keep a few hundred; the particle shows itself in about one of a million million of them.".into()),
        ]),
        Block::SubHead(run("What comes next")),
        Block::List(List {
            numbered: false,
            lines: vec![
                run("The run of 2012 is extended by about three months, so that the experiments can collect more data before the long shutdown."),
                run("The spin and the parity of the particle have to be measured; the Standard Model asks for zero and even."),
                run("The rates of its decays into pairs of photons, of W and Z bosons, and of heavy quarks are to be compared with the theory."),
            ],
        }),
        paragraph("The results presented on Wednesday rest on the data of 2011 and 2012, the latter still being taken. The laboratory called them preliminary, and said that a more complete picture would emerge later in the year, after the collider has provided the experiments with more data."),
    ];
    item
}

fn row(number: u64, lang: &str, line: (&str, i64, &str, &str, RowState)) -> Row {
    let (moved, urgency, section, headline, state) = line;
    Row {
        id: StoryId::from_number(number * 7919).unwrap(),
        path: format!("/{section}/{}/a-slug", StoryId::from_number(number * 7919).unwrap()),
        headline: match state {
            RowState::Withheld | RowState::TakenDown => None,
            _ => Some(headline.into()),
        },
        lang: Lang::parse(lang).unwrap(),
        at: at(moved),
        urgency: Urgency::new(urgency).unwrap(),
        section: Some(section.into()),
        state,
        muted_by: None,
    }
}

/// A line of a sample list: time, urgency, section, headline, state.
type SampleLine = (&'static str, i64, &'static str, &'static str, RowState);

fn killed() -> RowState {
    RowState::Killed { reason: "The figure of the first paragraph was of another year.".into() }
}

fn english_lines() -> Vec<SampleLine> {
    vec![
        ("2012-08-06T05:32:00Z", 1, "science", "NASA rover Curiosity lands on Mars", RowState::Updated),
        (
            "2012-08-06T05:18:00Z",
            5,
            "science",
            "Mars landing: the seven minutes from the top of the atmosphere to the floor of Gale crater",
            RowState::Moved,
        ),
        (
            "2012-08-06T04:50:00Z",
            5,
            "economy",
            "Euro area retail trade up 0.1 percent in June from May, Eurostat estimates",
            RowState::Corrected,
        ),
        ("2012-08-06T04:11:00Z", 5, "world", "", RowState::Withheld),
        ("2012-08-05T21:57:00Z", 2, "sports", "Usain Bolt wins Olympic 100 metres in 9.63 seconds", RowState::Moved),
        ("2012-08-05T20:40:00Z", 5, "technology", "Kernel 3.5 brings ext4 metadata checksums", killed()),
        (
            "2012-08-05T18:02:00Z",
            3,
            "environment",
            "Arctic sea ice extent in early August at the lowest level for the date in the satellite record",
            RowState::Moved,
        ),
        (
            "2012-08-05T16:45:00Z",
            5,
            "world",
            "The marathon of the Games: start on The Mall at 11:00, three laps and a short one",
            RowState::Moved,
        ),
        ("2012-08-05T15:30:00Z", 7, "sports", "Olympic tennis: results of the day", RowState::Moved),
        ("2012-08-05T13:12:00Z", 5, "economy", "What the European Central Bank decided on 2 August", RowState::Moved),
        ("2012-08-05T11:01:00Z", 5, "science", "How the sky crane works", RowState::Moved),
        ("2012-08-05T09:26:00Z", 5, "environment", "Drought in the United States covers the largest area since 1956", RowState::Updated),
    ]
}

pub(super) fn rows(language: UiLanguage) -> Vec<Row> {
    let lines = match language {
        UiLanguage::English => english_lines(),
        UiLanguage::Russian => vec![
            ("2012-08-06T05:32:00Z", 1, "science", "Марсоход Curiosity совершил посадку на Марс", RowState::Updated),
            (
                "2012-08-06T05:18:00Z",
                5,
                "science",
                "Посадка на Марс: семь минут от верхней границы атмосферы до дна кратера Гейла",
                RowState::Moved,
            ),
            (
                "2012-08-06T04:50:00Z",
                5,
                "economy",
                "Розничная торговля в еврозоне в июне выросла на 0,1% к маю, оценил Евростат",
                RowState::Corrected,
            ),
            ("2012-08-06T04:11:00Z", 5, "world", "", RowState::Withheld),
            ("2012-08-05T21:57:00Z", 2, "sports", "Усэйн Болт выиграл олимпийскую стометровку с результатом 9,63 секунды", RowState::Moved),
            ("2012-08-05T20:40:00Z", 5, "technology", "В ядре 3.5 появились контрольные суммы метаданных ext4", killed()),
            (
                "2012-08-05T18:02:00Z",
                3,
                "environment",
                "Площадь арктического льда в начале августа наименьшая на эту дату за время спутниковых наблюдений",
                RowState::Moved,
            ),
        ],
        UiLanguage::Japanese => vec![
            ("2012-08-06T05:32:00Z", 1, "science", "探査車キュリオシティーが火星に着陸", RowState::Updated),
            ("2012-08-06T05:18:00Z", 5, "science", "火星着陸までの7分間、大気圏突入からゲール・クレーターの底まで", RowState::Moved),
            ("2012-08-06T04:50:00Z", 5, "economy", "6月のユーロ圏小売売上高は前月比0.1％増、ユーロスタット推計", RowState::Corrected),
            ("2012-08-06T04:11:00Z", 5, "world", "", RowState::Withheld),
            ("2012-08-05T21:57:00Z", 2, "sports", "五輪陸上男子100メートル、ボルトが9秒63で優勝", RowState::Moved),
            ("2012-08-05T18:02:00Z", 3, "environment", "8月初めの北極海の海氷面積、衛星観測史上で同時期の最小", RowState::Moved),
        ],
        UiLanguage::Arabic => vec![
            ("2012-08-06T05:32:00Z", 1, "science", "المركبة كيوريوسيتي تهبط على سطح المريخ", RowState::Updated),
            ("2012-08-06T05:18:00Z", 5, "science", "الهبوط على المريخ: سبع دقائق من أعلى الغلاف الجوي إلى قاع فوهة غيل", RowState::Moved),
            (
                "2012-08-06T04:50:00Z",
                5,
                "economy",
                "تجارة التجزئة في منطقة اليورو ترتفع 0.1% في يونيو وفق تقديرات يوروستات",
                RowState::Corrected,
            ),
            ("2012-08-06T04:11:00Z", 5, "world", "", RowState::Withheld),
            ("2012-08-05T21:57:00Z", 2, "sports", "يوسين بولت يفوز بسباق 100 متر الأولمبي في 9.63 ثانية", RowState::Moved),
            (
                "2012-08-05T18:02:00Z",
                3,
                "environment",
                "مساحة الجليد في القطب الشمالي مطلع أغسطس هي الأدنى لهذا التاريخ منذ بدء الرصد بالأقمار",
                RowState::Moved,
            ),
        ],
    };
    let numbered = lines.into_iter().zip(1..);
    numbered.map(|(line, number)| row(number, language.tag(), line)).collect()
}

/// Rows with one headline in a language that runs the other way.
pub(super) fn mixed_rows() -> Vec<Row> {
    let mut rows = rows(UiLanguage::English);
    rows.insert(2, row(90, "ar", ("2012-08-06T05:00:00Z", 5, "science", "المركبة كيوريوسيتي تهبط على سطح المريخ", RowState::Moved)));
    rows.insert(5, row(91, "ru", ("2012-08-06T04:00:00Z", 5, "science", "Марсоход Curiosity совершил посадку на Марс", RowState::Moved)));
    rows
}

fn story_in(lang: &str, headline: &str, lead: &str, place: (&str, &str, &str), body: &[&str]) -> NewsItem {
    let mut item = story();
    item.lang = Lang::parse(lang).unwrap();
    item.headline = Headline::parse(headline).unwrap();
    item.lead = Some(Lead::parse(lead).unwrap());
    item.subjects.clear();
    item.bylines.clear();
    item.corrections.clear();
    item.times.corrected_at = None;
    let (name, country, zone) = place;
    let place = Place::new(name, Some("geneva")).unwrap().in_country(Some(country), Some("CH")).unwrap().in_zone(zone).unwrap();
    item.dateline = item.dateline.map(|dateline| Dateline { place, ..dateline });
    item.body = body.iter().map(|text| paragraph(text)).collect();
    item
}

pub(super) fn story_of(language: UiLanguage) -> NewsItem {
    match language {
        UiLanguage::English => story(),
        UiLanguage::Russian => {
            let mut item = story_in(
                "ru",
                "Физики ЦЕРНа обнаружили частицу, похожую на бозон Хиггса",
                "Оба крупных эксперимента на коллайдере под Женевой сообщили о новом бозоне массой около 125 гигаэлектронвольт.",
                ("Женева", "Швейцария", "Europe/Zurich"),
                &[
                    "Два крупнейших эксперимента на Большом адронном коллайдере независимо друг от друга наблюдали новую частицу массой около 125 гигаэлектронвольт, сообщила в среду Европейская организация по ядерным исследованиям на семинаре в Женеве, который транслировался на конференцию физиков в Мельбурне.",
                    "Это бозон, и притом самый тяжёлый из известных. Вероятность того, что сигнал вызван случайным колебанием фона, каждый из экспериментов оценивает меньше чем в одну трёхмиллионную: именно такой уровень значимости, пять стандартных отклонений, принято считать открытием.",
                    "Механизм, который даёт массу переносчикам слабого взаимодействия, предложили в 1964 году шестеро теоретиков в трёх статьях. Бозон оставался последней частицей Стандартной модели, которую ещё не удавалось увидеть.",
                ],
            );
            item.corrections = story().corrections;
            item.corrections[0].reason =
                Reason::parse("В прежней версии длина кольца указана как 17 километров. Верно: 27 километров.").unwrap();
            item.times.corrected_at = Some(item.corrections[0].corrected_at);
            item
        }
        UiLanguage::Japanese => story_in(
            "ja",
            "ヒッグス粒子とみられる新粒子を観測、欧州合同原子核研究所の二つの実験",
            "ジュネーブ近郊の大型加速器で行われている二つの大規模実験が、質量約125ギガ電子ボルトの新しいボソンを報告した。",
            ("ジュネーブ", "スイス", "Europe/Zurich"),
            &[
                "欧州合同原子核研究所（CERN）は4日、大型ハドロン衝突型加速器（LHC）の二つの最大規模の実験が、質量約125ギガ電子ボルトの新しい粒子をそれぞれ独立に観測したと発表した。発表はジュネーブの講堂で行われ、メルボルンで開かれている素粒子物理学の国際会議にも中継された。",
                "見つかったのはボソンで、これまでに知られている中で最も重い。信号が背景の偶然の揺らぎである確率は、どちらの実験でも300万分の1より小さいという。物理学で「発見」とみなす基準の5標準偏差に当たる。",
                "質量の起源を説明する仕組みは1964年、6人の理論家による3本の論文で提案された。ヒッグス粒子は標準理論で予言された粒子のうち、最後まで見つかっていなかった。",
            ],
        ),
        UiLanguage::Arabic => story_in(
            "ar",
            "تجربتان في المنظمة الأوروبية للأبحاث النووية ترصدان جسيماً يتفق مع بوزون هيغز",
            "أعلنت التجربتان الكبيرتان في المصادم قرب جنيف رصد بوزون جديد كتلته نحو 125 غيغا إلكترون فولت.",
            ("جنيف", "سويسرا", "Europe/Zurich"),
            &[
                "رصدت أكبر تجربتين في مصادم الهادرونات الكبير، كل منهما على حدة، جسيماً جديداً كتلته نحو 125 غيغا إلكترون فولت، بحسب ما أعلنته المنظمة الأوروبية للأبحاث النووية (CERN) يوم الأربعاء في ندوة بمقرها نُقلت مباشرة إلى مؤتمر لعلماء الفيزياء في ملبورن.",
                "والجسيم بوزون هو الأثقل من نوعه حتى الآن. وتقدّر كل من التجربتين احتمال أن تكون الإشارة مجرد تقلب عشوائي بأقل من واحد من ثلاثة ملايين، وهو مستوى خمسة انحرافات معيارية الذي يُشترط للحديث عن اكتشاف.",
                "وكان ستة من علماء الفيزياء النظرية قد اقترحوا الآلية التي تمنح الجسيمات كتلتها في ثلاث أوراق بحثية عام 1964، وظل البوزون آخر جسيمات النموذج المعياري التي لم تُرصد.",
            ],
        ),
    }
}

pub(super) fn story_page(language: UiLanguage) -> StoryPage {
    let item = story_of(language);
    let dossier = match language {
        UiLanguage::English => "Large Hadron Collider",
        UiLanguage::Russian => "Большой адронный коллайдер",
        UiLanguage::Japanese => "大型ハドロン衝突型加速器",
        UiLanguage::Arabic => "مصادم الهادرونات الكبير",
    };
    let mut rows = rows(language);
    rows.truncate(6);
    for row in &mut rows {
        row.section = None;
    }
    StoryPage {
        chrome: chrome(language, &item.path()),
        dossiers: vec![Link::new("/dossiers/large-hadron-collider", dossier)],
        follows: Vec::new(),
        followed_by: Vec::new(),
        killed_photos: Vec::new(),
        forms: vec![StoryForm::Ninjs],
        related: rows[..2].to_vec(),
        latest: rows,
        press: press::in_box(),
        past: None,
        policies: Vec::new(),
        creators: Vec::new(),
        item,
        money: MoneyShown::default(),
    }
}

pub(super) fn list_page(language: UiLanguage) -> ListPage {
    let rows = if language == UiLanguage::English { mixed_rows() } else { rows(language) };
    let mut filter = Filter::default();
    let mut here = "/all".to_owned();
    if language != UiLanguage::English {
        filter.any_of.insert(FilterFacet::Lang, [language.tag().to_owned()].into());
        here = format!("/all?lang={}", language.tag());
    }
    ListPage {
        chrome: chrome(language, &here),
        of: ListOf::AllNews,
        rows,
        hidden: None,
        total: Some(12_345),
        newer: None,
        older: Some("/all?before=1200".into()),
        feed: "/all.rss".into(),
        stream: Some("/all/events".into()),
        filter: Some(FilterForm { filter, problems: Vec::new(), ended: None }),
        archive: Some(jiff::civil::date(2012, 8, 6)),
        tree: None,
        place: None,
        moment: None,
    }
}

pub(super) fn list_with_problems() -> ListPage {
    let parsed = Filter::parse("section=economy&urgency=12&colour=red&mute=football", &[]);
    let mut page = list_page(UiLanguage::English);
    page.filter = Some(FilterForm { filter: parsed.filter, problems: parsed.problems, ended: None });
    page
}

pub(super) fn front_page(language: UiLanguage) -> FrontPage {
    let rows = rows(language);
    let standing: Vec<Row> =
        rows.iter().filter(|row| row.headline.is_some() && !matches!(row.state, RowState::Killed { .. })).cloned().collect();
    let leads = standing.iter().take(6).enumerate().map(|(idx, row)| Teaser {
        row: row.clone(),
        lead: (idx < 4).then(|| story_of(language).lead.unwrap().as_str().into()),
        picture: (idx < 3).then(picture),
    });
    let without_section = |row: &Row| Row { section: None, ..row.clone() };
    FrontPage {
        chrome: chrome(language, if language == UiLanguage::English { "/" } else { "/?lang=x" }),
        leads: leads.collect(),
        dossiers: vec![
            DossierBox {
                link: Link::new("/dossiers/mars", "Mars Science Laboratory"),
                lang: Lang::english(),
                summary: Some("The rover was launched on 26 November 2011 and landed in Gale crater on 6 August 2012.".into()),
                rows: standing.iter().take(3).map(without_section).collect(),
            },
            DossierBox {
                link: Link::new("/dossiers/games", "The Games of the XXX Olympiad"),
                lang: Lang::english(),
                summary: Some("London, 27 July to 12 August 2012.".into()),
                rows: standing.iter().skip(3).take(3).map(without_section).collect(),
            },
        ],
        sections: ["world", "economy", "science", "technology"]
            .iter()
            .map(|section| SectionBox { section: (*section).into(), rows: standing.iter().take(4).map(without_section).collect() })
            .collect(),
        important: standing.iter().take(3).cloned().collect(),
        edition: "/today".into(),
        photos: standing.iter().take(2).map(|row| Teaser { row: row.clone(), lead: None, picture: Some(picture()) }).collect(),
        latest: rows,
        partners: press::teasers(),
        strip: rates::strip(),
        stream: Some("/all/events".into()),
        feed: "/all.rss".into(),
        policies: vec![("correctionsPolicy", "/about/corrections".into())],
    }
}

pub(super) fn search_page(language: UiLanguage, query: &str) -> SearchPage {
    let rows = rows(language);
    let hits = rows.iter().filter(|row| row.headline.is_some() && !matches!(row.state, RowState::Killed { .. })).map(|row| {
        let headline = row.headline.clone().unwrap_or_default();
        let cut = headline.char_indices().nth(6).map_or(0, |(byte, _)| byte);
        Hit {
            headline: vec![(headline[..cut].to_owned(), true), (headline[cut..].to_owned(), false)],
            snippet: vec![
                ("… the floor of the crater ".to_owned(), false),
                ("Mars".to_owned(), true),
                (" after a journey of 36 weeks …".to_owned(), false),
            ],
            row: row.clone(),
        }
    });
    SearchPage {
        chrome: chrome(language, "/search?q=mars"),
        query: query.to_owned(),
        problem: None,
        filter_problems: Vec::new(),
        total: 1_204,
        hidden: None,
        hits: hits.collect(),
        order: SearchOrder::Newest,
        other_order: "/search?order=relevance&q=mars".into(),
        facets: vec![Facet {
            name: chrome(language, "/").words().t("sections").to_owned(),
            values: ["science", "world"]
                .iter()
                .zip([1_100, 104])
                .map(|(section, n_stories)| FacetValue {
                    link: Link::new(format!("/search?q=mars&section={section}"), chrome(language, "/").words().section(section)),
                    n_stories,
                })
                .collect(),
        }],
        previous: None,
        next: Some("/search?q=mars&page=2".into()),
        feed: "/search.rss?q=mars".into(),
        in_force: Vec::new(),
        months: Some(Histogram {
            by_year: false,
            bars: (1..=9)
                .rev()
                .map(|month| Bar {
                    first: jiff::civil::date(2012, month, 1),
                    n_stories: u64::from(month.unsigned_abs() - 1) * 40,
                    href: format!("/search?q=mars%20on%3A2012-{month:02}"),
                })
                .collect(),
        }),
        as_filter: "/filter?q=mars".into(),
        ended: None,
    }
}

pub(super) fn filter_page(language: UiLanguage, query: &str) -> FilterPage {
    let parsed = Filter::parse(query, &[]);
    let chrome = chrome(language, "/filter");
    let words = chrome.words();
    let chosen = |value: &str| parsed.filter.any_of.values().any(|values| values.contains(value));
    let choice = |value: &str, label: &str, n_stories: u64| Choice {
        value: value.into(),
        label: label.into(),
        lang: None,
        n_stories,
        chosen: chosen(value),
    };
    let sections = ["world", "economy", "science"].iter().zip([12, 7, 3]).map(|(slug, n)| choice(slug, &words.section(slug), n));
    let places = (0..14).map(|number| choice(&format!("place-{number}"), &format!("Place {number}"), 14 - number));
    let group = |facet, of, choices: Vec<Choice>| ChoiceGroup { facet, of, choices };
    FilterPage {
        any_of: vec![
            group(FilterFacet::Section, 22, sections.clone().collect()),
            group(FilterFacet::Place, 22, places.collect()),
            group(FilterFacet::By, 22, Vec::new()),
        ],
        none_of: vec![group(FilterFacet::Section, 22, sections.collect())],
        urgency: (22, [1, 2, 5, 22, 22, 22, 22, 22, 22]),
        words: parsed
            .filter
            .mutes
            .iter()
            .map(|mute| WordsFound {
                parameter: "mute",
                expression: mute.clone(),
                n_stories: 2,
                examples: vec![Example { link: Link::new("/world/4n7k0wq2rv5c/one", "A headline with the word"), lang: Lang::english() }],
            })
            .collect(),
        day: Some(CountedDay { date: jiff::civil::date(2012, 8, 6), is_today: true, n_stories: 22, n_kept: 7, n_muted: 2 }),
        ended: None,
        filter: parsed.filter,
        problems: parsed.problems,
        chrome,
    }
}

pub(super) fn today_page(language: UiLanguage) -> TodayPage {
    let front = front_page(language);
    TodayPage {
        chrome: chrome(language, "/today"),
        date: jiff::civil::date(2012, 8, 6),
        is_today: true,
        sections: front
            .sections
            .iter()
            .map(|section| EditionSection {
                section: section.section.clone(),
                rows: section.rows.clone(),
                n_more: if &*section.section == "world" { 5 } else { 0 },
                more: "/2012/08/06?section=world".into(),
            })
            .collect(),
        leads: front.leads,
        n_stories: 27,
        n_shown: 22,
        hidden: None,
        whole_day: "/2012/08/06".into(),
        previous: Some((jiff::civil::date(2012, 8, 5), "/today?at=2012-08-05T23:59:59".into())),
        feed: "/today.rss".into(),
        filter: Some(FilterForm { filter: Filter::default(), problems: Vec::new(), ended: None }),
        moment: None,
    }
}

pub(super) fn search_with_problem(language: UiLanguage) -> SearchPage {
    let error = courant_search::QueryError {
        span: courant_search::query::Span { start: 6, length: 10 },
        problem: courant_search::QueryProblem::OpenQuote,
        found: "\"fed rates".into(),
        expected: "a closing quotation mark".into(),
        remedy: "close it".into(),
    };
    let mut page = search_page(language, "title:\"fed rates");
    page.problem = Some(QueryProblem::from(&error));
    page.hits.clear();
    page.facets.clear();
    page
}

pub(super) fn notice_page(language: UiLanguage, kind: NoticeKind) -> NoticePage {
    let item = story_of(language);
    NoticePage {
        chrome: chrome(language, &item.path()),
        kind,
        at: at("2012-07-04T12:30:00Z"),
        notice: Notice {
            guid: item.guid.clone(),
            version: Version::new(4).unwrap(),
            pub_status: if kind == NoticeKind::Withheld { PubStatus::Withheld } else { PubStatus::Canceled },
            reason: Reason::parse("The figure of the first paragraph was of another year.").unwrap(),
            ednote: None,
            slugline: item.slugline.clone(),
            headline: Some(item.headline.clone()),
            slug: item.slug().into(),
            section: item.section.clone(),
            lang: item.lang.clone(),
            dateline_place: Some("Geneva".into()),
            first_moved_at: item.times.first_moved_at,
            was_embargoed: false,
        },
        latest: rows(language),
    }
}

pub(super) fn fault_page(language: UiLanguage, fault: Fault) -> FaultPage {
    FaultPage { chrome: chrome(language, "/economy/nothing<here>"), fault, latest: rows(language) }
}

/// A version of the past.
pub(super) fn past_story_page(language: UiLanguage) -> StoryPage {
    let mut page = story_page(language);
    page.past = Some(PastNote { moved_at: at("2012-07-04T08:44:00Z"), latest: page.item.path(), asked_at: None });
    page
}

pub(super) fn versions_page(language: UiLanguage) -> VersionsPage {
    let item = story();
    let entry = |version, kind, moved_at, note: Option<&str>, is_kept, compare_with: Option<u32>| LifeEntry {
        version: Version::new(version).unwrap(),
        kind,
        moved_at: at(moved_at),
        note: note.map(Into::into),
        is_kept,
        compare_with: compare_with.and_then(Version::new),
    };
    VersionsPage {
        chrome: chrome(language, &format!("{}/versions", item.path())),
        headline: Some(item.headline.as_str().into()),
        lang: item.lang.clone(),
        story: item.path(),
        entries: vec![
            entry(4, EventKind::Release, "2012-07-04T12:00:00Z", None, true, None),
            entry(3, EventKind::Withhold, "2012-07-04T11:30:00Z", Some("We are checking the mass."), false, None),
            entry(2, EventKind::Correct, "2012-07-04T11:05:00Z", Some("The ring is 27 kilometres long."), true, Some(1)),
            entry(1, EventKind::Move, "2012-07-04T08:44:00Z", None, true, None),
        ],
    }
}

pub(super) fn diff_page(language: UiLanguage) -> DiffPage {
    let (mut from, to) = (story(), story());
    from.body.insert(0, paragraph("The ring is 17 kilometres long."));
    DiffPage {
        chrome: chrome(language, &format!("{}/versions/1..3", to.path())),
        story: to.path(),
        from,
        to,
        note: Some("The ring is 27 kilometres long.".into()),
    }
}

pub(super) fn register_page(language: UiLanguage) -> RegisterPage {
    let item = story();
    let entry = |kind, headline: Option<&str>, reason: &str| RegisterEntry {
        kind,
        moved_at: at("2012-07-04T11:05:00Z"),
        headline: headline.map(Into::into),
        lang: item.lang.clone(),
        path: item.path(),
        reason: Some(reason.into()),
    };
    RegisterPage {
        chrome: chrome(language, "/corrections"),
        entries: vec![
            entry(EventKind::Kill, None, "The announcement was not the office's."),
            entry(EventKind::Correct, Some(item.headline.as_str()), "The ring is 27 kilometres long."),
        ],
        older: Some("/corrections?before=12".into()),
        feed: "/corrections.rss".into(),
    }
}

pub(super) fn about_page(language: UiLanguage) -> AboutPage {
    AboutPage {
        chrome: chrome(language, "/about"),
        policies: vec![Link::new("/about/corrections", "How we correct")],
        rights: vec![Link::new("/robots.txt", "robots.txt")],
    }
}

pub(super) fn policy_page(language: UiLanguage) -> PolicyPage {
    PolicyPage {
        chrome: chrome(language, "/about/corrections"),
        title: "How we correct".into(),
        lang: Lang::english(),
        text: vec![paragraph("An error of fact is corrected in a new version of the story.")],
    }
}

pub(super) fn month_page(language: UiLanguage) -> MonthPage {
    let mut counts = vec![0; 31];
    (counts[4], counts[5], counts[30]) = (2, 1_204, 1);
    MonthPage {
        chrome: chrome(language, "/2012/08"),
        first: jiff::civil::date(2012, 8, 1),
        counts,
        previous: Some(jiff::civil::date(2012, 7, 1)),
        next: None,
    }
}

pub(super) fn year_page(language: UiLanguage) -> YearPage {
    let mut counts = vec![0; 12];
    (counts[6], counts[7]) = (3, 1_207);
    YearPage { chrome: chrome(language, "/2012"), year: 2012, counts, previous: None, next: Some(2017) }
}

pub(super) fn topics_page(language: UiLanguage) -> TopicsPage {
    let subject = |slug: &str, name: &str, n_stories| super::Subject { link: Link::new(format!("/topics/{slug}"), name), n_stories };
    TopicsPage {
        chrome: chrome(language, "/topics"),
        subjects: vec![
            (subject("science-and-technology", "science and technology", 1_204), vec![subject("natural-science", "natural science", 3)]),
            (subject("weather", "weather", 0), vec![subject("weather-forecast", "weather forecast", 0)]),
        ],
    }
}

pub(super) fn topic_list(language: UiLanguage) -> ListPage {
    let subject = |slug: &str, name: &str, n_stories| super::Subject { link: Link::new(format!("/topics/{slug}"), name), n_stories };
    ListPage {
        of: ListOf::Topic("natural science".into()),
        tree: Some(SubjectTree {
            broader: vec![Link::new("/topics/science-and-technology", "science and technology")],
            narrower: vec![subject("astronomy", "astronomy", 1_204), subject("geology", "geology", 0)],
        }),
        ..list_page(language)
    }
}
