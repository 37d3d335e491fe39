//! Names that several currencies share, and whose they are in which country.

use courant_news::CurrencyCode;

/// A country or territory: ISO 3166-1 alpha-2, the codes withdrawn since included (`SU`, `YU`, `CS`, `DD`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country([u8; 2]);

impl Country {
    /// Two capitals, for tables that are part of a program.
    pub(super) const fn literal(code: [u8; 2]) -> Self {
        Self(code)
    }

    /// Reads two letters in any case; `None` for anything else.
    pub fn parse(code: &str) -> Option<Self> {
        match *code.as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Some(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two capitals of ASCII are UTF-8")
    }
}

/// A name that several currencies share, or that one country has given to several in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `dollar` as a word.
    Dollar,
    /// The sign `$`, which in some countries is the peso's.
    DollarSign,
    /// `cent`: of a dollar, a euro, a rand, a guilder.
    Cent,
    Crown,
    /// `pound` as a word, which may be a weight.
    Pound,
    /// The sign `£`.
    PoundSign,
    Pence,
    Franc,
    Mark,
    Peso,
    Rouble,
    Lira,
    Rupee,
    Dinar,
    Rial,
    Dirham,
    Shilling,
    Won,
    /// The sign `¥`.
    YenSign,
    /// `元`, which names the unit of money wherever Chinese is written.
    Yuan,
    Guilder,
    Zloty,
    Lev,
    Leu,
    Real,
    Bolivar,
    Cedi,
    Hryvnia,
}

/// One issuer of a name: since this year its currency of that name has had this code.
pub(super) struct Issuer {
    pub(super) country: Country,
    pub(super) since_year: i16,
    pub(super) code: CurrencyCode,
}

const fn from(country: [u8; 2], since_year: i16, code: [u8; 3]) -> Issuer {
    Issuer { country: Country::literal(country), since_year, code: CurrencyCode::literal(&code) }
}

const fn always(country: [u8; 2], code: [u8; 3]) -> Issuer {
    from(country, 0, code)
}

impl Family {
    /// Who issues a currency of this name. Rows of one country are in the order of their years.
    ///
    /// Source: ISO 4217, list one and list three (the years are those of the change of code).
    pub(super) fn issuers(self) -> &'static [Issuer] {
        match self {
            Self::Dollar => DOLLAR,
            Self::DollarSign => DOLLAR_SIGN,
            Self::Cent => CENT,
            Self::Crown => CROWN,
            Self::Pound | Self::PoundSign => POUND,
            Self::Pence => const { &[always(*b"GB", *b"GBP"), always(*b"IE", *b"IEP")] },
            Self::Franc => FRANC,
            Self::Mark => const { &[always(*b"DE", *b"DEM"), always(*b"FI", *b"FIM"), always(*b"DD", *b"DDM"), always(*b"BA", *b"BAM")] },
            Self::Peso => PESO,
            Self::Rouble => ROUBLE,
            Self::Lira => {
                const { &[always(*b"IT", *b"ITL"), always(*b"TR", *b"TRL"), from(*b"TR", 2005, *b"TRY"), always(*b"MT", *b"MTL")] }
            }
            Self::Rupee => RUPEE,
            Self::Dinar => DINAR,
            Self::Rial => {
                const {
                    &[
                        always(*b"SA", *b"SAR"),
                        always(*b"QA", *b"QAR"),
                        always(*b"OM", *b"OMR"),
                        always(*b"IR", *b"IRR"),
                        always(*b"YE", *b"YER"),
                    ]
                }
            }
            Self::Dirham => const { &[always(*b"AE", *b"AED"), always(*b"MA", *b"MAD")] },
            Self::Shilling => {
                const {
                    &[
                        always(*b"KE", *b"KES"),
                        always(*b"UG", *b"UGS"),
                        from(*b"UG", 1988, *b"UGX"),
                        always(*b"TZ", *b"TZS"),
                        always(*b"SO", *b"SOS"),
                    ]
                }
            }
            Self::Won => const { &[always(*b"KR", *b"KRW"), always(*b"KP", *b"KPW")] },
            Self::YenSign => const { &[always(*b"JP", *b"JPY"), always(*b"CN", *b"CNY")] },
            Self::Yuan => {
                const {
                    &[
                        always(*b"CN", *b"CNY"),
                        always(*b"TW", *b"TWD"),
                        always(*b"HK", *b"HKD"),
                        always(*b"MO", *b"MOP"),
                        always(*b"SG", *b"SGD"),
                    ]
                }
            }
            Self::Guilder => {
                const {
                    &[
                        always(*b"NL", *b"NLG"),
                        always(*b"SR", *b"SRG"),
                        always(*b"AN", *b"ANG"),
                        always(*b"CW", *b"ANG"),
                        from(*b"CW", 2025, *b"XCG"),
                    ]
                }
            }
            Self::Zloty => const { &[always(*b"PL", *b"PLZ"), from(*b"PL", 1995, *b"PLN")] },
            Self::Lev => const { &[always(*b"BG", *b"BGL"), from(*b"BG", 1999, *b"BGN")] },
            Self::Leu => const { &[always(*b"RO", *b"ROL"), from(*b"RO", 2005, *b"RON"), always(*b"MD", *b"MDL")] },
            Self::Real => const { &[from(*b"BR", 1994, *b"BRL")] },
            Self::Bolivar => const { &[always(*b"VE", *b"VEB"), from(*b"VE", 2008, *b"VEF"), from(*b"VE", 2018, *b"VES")] },
            Self::Cedi => const { &[always(*b"GH", *b"GHC"), from(*b"GH", 2007, *b"GHS")] },
            Self::Hryvnia => const { &[from(*b"UA", 1996, *b"UAH")] },
        }
    }

    /// Whose it is when it stands alone in copy from a country that has no currency of that name. `None`: nobody can say.
    ///
    /// Source: the usage of international wire copy; AP Stylebook, *currency conversions* (a bare `$` is the US dollar).
    pub(super) fn usual_issuer(self, year: i16) -> Option<Country> {
        match self {
            Self::Dollar | Self::DollarSign | Self::Cent => Some(Country::literal(*b"US")),
            // Since the euro, marks are more often those of a school.
            Self::Mark => (year < 2002).then_some(Country::literal(*b"DE")),
            Self::PoundSign | Self::Pence => Some(Country::literal(*b"GB")),
            Self::Rouble => Some(Country::literal(*b"RU")),
            Self::YenSign => Some(Country::literal(*b"JP")),
            Self::Yuan => Some(Country::literal(*b"CN")),
            Self::Guilder => Some(Country::literal(*b"NL")),
            // A pound may be a weight, and `won` a verb.
            Self::Pound | Self::Won => None,
            Self::Crown
            | Self::Franc
            | Self::Peso
            | Self::Lira
            | Self::Rupee
            | Self::Dinar
            | Self::Rial
            | Self::Dirham
            | Self::Shilling => None,
            // Of one country only: `only_issuer` answers for them.
            Self::Zloty | Self::Lev | Self::Leu | Self::Real | Self::Bolivar | Self::Cedi | Self::Hryvnia => None,
        }
    }

    /// The country, when there is only one that ever had a currency of this name and the name is nothing else.
    pub(super) fn only_issuer(self) -> Option<Country> {
        match self {
            Self::Zloty => Some(Country::literal(*b"PL")),
            Self::Lev => Some(Country::literal(*b"BG")),
            Self::Real => Some(Country::literal(*b"BR")),
            Self::Bolivar => Some(Country::literal(*b"VE")),
            Self::Cedi => Some(Country::literal(*b"GH")),
            Self::Hryvnia => Some(Country::literal(*b"UA")),
            _ => None,
        }
    }

    /// The code of the currency that `country` calls so in `year`.
    pub(super) fn code_in(self, country: Country, year: i16) -> Option<CurrencyCode> {
        let mut issued = self.issuers().iter().filter(|issuer| issuer.country == country && issuer.since_year <= year);
        issued.next_back().map(|issuer| issuer.code)
    }
}

const DOLLAR: &[Issuer] = &[
    always(*b"US", *b"USD"),
    always(*b"CA", *b"CAD"),
    always(*b"AU", *b"AUD"),
    always(*b"NZ", *b"NZD"),
    always(*b"HK", *b"HKD"),
    always(*b"SG", *b"SGD"),
    always(*b"TW", *b"TWD"),
    always(*b"JM", *b"JMD"),
    always(*b"BS", *b"BSD"),
    always(*b"BB", *b"BBD"),
    always(*b"BZ", *b"BZD"),
    always(*b"BM", *b"BMD"),
    always(*b"BN", *b"BND"),
    always(*b"FJ", *b"FJD"),
    always(*b"GY", *b"GYD"),
    always(*b"KY", *b"KYD"),
    always(*b"LR", *b"LRD"),
    always(*b"NA", *b"NAD"),
    always(*b"SB", *b"SBD"),
    always(*b"TT", *b"TTD"),
    always(*b"ZW", *b"ZWD"),
    from(*b"ZW", 2009, *b"ZWL"),
];

const DOLLAR_SIGN: &[Issuer] = &[
    always(*b"US", *b"USD"),
    always(*b"CA", *b"CAD"),
    always(*b"AU", *b"AUD"),
    always(*b"NZ", *b"NZD"),
    always(*b"HK", *b"HKD"),
    always(*b"SG", *b"SGD"),
    always(*b"TW", *b"TWD"),
    always(*b"JM", *b"JMD"),
    from(*b"AR", 1992, *b"ARS"),
    always(*b"MX", *b"MXP"),
    from(*b"MX", 1993, *b"MXN"),
    always(*b"CL", *b"CLP"),
    always(*b"CO", *b"COP"),
    from(*b"UY", 1993, *b"UYU"),
    always(*b"DO", *b"DOP"),
];

const CENT: &[Issuer] = &[
    always(*b"US", *b"USD"),
    always(*b"CA", *b"CAD"),
    always(*b"AU", *b"AUD"),
    always(*b"NZ", *b"NZD"),
    always(*b"HK", *b"HKD"),
    always(*b"SG", *b"SGD"),
    always(*b"ZA", *b"ZAR"),
    always(*b"NL", *b"NLG"),
    from(*b"NL", 2002, *b"EUR"),
    from(*b"DE", 2002, *b"EUR"),
    from(*b"FR", 2002, *b"EUR"),
    from(*b"IT", 2002, *b"EUR"),
    from(*b"ES", 2002, *b"EUR"),
    from(*b"AT", 2002, *b"EUR"),
    from(*b"BE", 2002, *b"EUR"),
    from(*b"FI", 2002, *b"EUR"),
    from(*b"GR", 2002, *b"EUR"),
    from(*b"IE", 2002, *b"EUR"),
    from(*b"LU", 2002, *b"EUR"),
    from(*b"PT", 2002, *b"EUR"),
    from(*b"SI", 2007, *b"EUR"),
    from(*b"CY", 2008, *b"EUR"),
    from(*b"MT", 2008, *b"EUR"),
    from(*b"SK", 2009, *b"EUR"),
    from(*b"EE", 2011, *b"EUR"),
    from(*b"LV", 2014, *b"EUR"),
    from(*b"LT", 2015, *b"EUR"),
    from(*b"HR", 2023, *b"EUR"),
    from(*b"BG", 2026, *b"EUR"),
];

const CROWN: &[Issuer] = &[
    always(*b"SE", *b"SEK"),
    always(*b"NO", *b"NOK"),
    always(*b"DK", *b"DKK"),
    always(*b"IS", *b"ISK"),
    always(*b"CS", *b"CSK"),
    from(*b"CZ", 1993, *b"CZK"),
    from(*b"SK", 1993, *b"SKK"),
    from(*b"EE", 1992, *b"EEK"),
];

const POUND: &[Issuer] = &[
    always(*b"GB", *b"GBP"),
    always(*b"IE", *b"IEP"),
    always(*b"EG", *b"EGP"),
    always(*b"LB", *b"LBP"),
    always(*b"SY", *b"SYP"),
    always(*b"SD", *b"SDP"),
    from(*b"SD", 2007, *b"SDG"),
    from(*b"SS", 2011, *b"SSP"),
    always(*b"CY", *b"CYP"),
    always(*b"MT", *b"MTP"),
    always(*b"GI", *b"GIP"),
    always(*b"FK", *b"FKP"),
    always(*b"SH", *b"SHP"),
];

const FRANC: &[Issuer] = &[
    always(*b"FR", *b"FRF"),
    always(*b"CH", *b"CHF"),
    always(*b"LI", *b"CHF"),
    always(*b"BE", *b"BEF"),
    always(*b"LU", *b"LUF"),
    always(*b"SN", *b"XOF"),
    always(*b"CI", *b"XOF"),
    always(*b"ML", *b"XOF"),
    always(*b"BJ", *b"XOF"),
    always(*b"BF", *b"XOF"),
    always(*b"NE", *b"XOF"),
    always(*b"TG", *b"XOF"),
    always(*b"CM", *b"XAF"),
    always(*b"GA", *b"XAF"),
    always(*b"CG", *b"XAF"),
    always(*b"TD", *b"XAF"),
    always(*b"CF", *b"XAF"),
    always(*b"RW", *b"RWF"),
    always(*b"BI", *b"BIF"),
    always(*b"DJ", *b"DJF"),
    always(*b"GN", *b"GNF"),
    always(*b"MG", *b"MGF"),
];

const PESO: &[Issuer] = &[
    always(*b"MX", *b"MXP"),
    from(*b"MX", 1993, *b"MXN"),
    from(*b"AR", 1992, *b"ARS"),
    always(*b"CL", *b"CLP"),
    always(*b"CO", *b"COP"),
    always(*b"PH", *b"PHP"),
    always(*b"UY", *b"UYN"),
    from(*b"UY", 1993, *b"UYU"),
    always(*b"DO", *b"DOP"),
    always(*b"CU", *b"CUP"),
    always(*b"BO", *b"BOP"),
];

const ROUBLE: &[Issuer] = &[
    always(*b"SU", *b"SUR"),
    always(*b"RU", *b"SUR"),
    from(*b"RU", 1992, *b"RUR"),
    from(*b"RU", 1998, *b"RUB"),
    from(*b"BY", 1992, *b"BYB"),
    from(*b"BY", 2000, *b"BYR"),
    from(*b"BY", 2016, *b"BYN"),
];

const RUPEE: &[Issuer] = &[
    always(*b"IN", *b"INR"),
    always(*b"PK", *b"PKR"),
    always(*b"LK", *b"LKR"),
    always(*b"NP", *b"NPR"),
    always(*b"MU", *b"MUR"),
    always(*b"SC", *b"SCR"),
];

const DINAR: &[Issuer] = &[
    always(*b"KW", *b"KWD"),
    always(*b"IQ", *b"IQD"),
    always(*b"JO", *b"JOD"),
    always(*b"BH", *b"BHD"),
    always(*b"DZ", *b"DZD"),
    always(*b"TN", *b"TND"),
    always(*b"LY", *b"LYD"),
    always(*b"YU", *b"YUD"),
    from(*b"RS", 2003, *b"RSD"),
    always(*b"MK", *b"MKD"),
];
