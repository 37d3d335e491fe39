//! Countries and cities of the Reuters wire of 1987.

/// A country as it was called in 1987.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2 as of 1987: the Soviet Union is `SU`, the two Germanys are `DE` and `DD`.
    pub iso: &'static str,
    /// In English.
    pub name: &'static str,
}

/// The country a code of the collection stands for, e.g. `west-germany`.
pub(crate) fn country(reuters_code: &str) -> Option<Country> {
    COUNTRIES.iter().find(|(code, ..)| *code == reuters_code).map(|&(_, iso, name)| Country { iso, name })
}

/// The country of what follows the comma in a dateline: `Calif.`, `British Columbia`, `West Germany`.
pub(crate) fn country_of_region(region: &str) -> Option<Country> {
    let plain: String = region.to_ascii_lowercase().split(['.', ' ']).collect();
    if US_STATES.contains(&plain.as_str()) {
        return country("usa");
    }
    if CANADIAN_PROVINCES.contains(&plain.as_str()) {
        return country("canada");
    }
    if ["england", "scotland", "wales"].contains(&plain.as_str()) {
        return country("uk");
    }
    let plain = plain.strip_prefix("the").unwrap_or(&plain);
    COUNTRIES
        .iter()
        .find(|(_, _, name)| name.to_ascii_lowercase().split(' ').collect::<String>() == plain)
        .map(|&(_, iso, name)| Country { iso, name })
}

/// The country of a city that stands in datelines without one, by the house rules of the wire.
pub(crate) fn country_of_city(city: &str) -> Option<Country> {
    let city = city.to_ascii_uppercase();
    CITIES.iter().find(|(_, cities)| cities.split('|').any(|known| known == city)).and_then(|(code, _)| country(code))
}

/// Code of the collection, ISO code of 1987, English name.
pub(crate) const COUNTRIES: &[(&str, &str, &str)] = &[
    ("usa", "US", "United States"),
    ("uk", "GB", "United Kingdom"),
    ("japan", "JP", "Japan"),
    ("canada", "CA", "Canada"),
    ("west-germany", "DE", "West Germany"),
    ("france", "FR", "France"),
    ("brazil", "BR", "Brazil"),
    ("australia", "AU", "Australia"),
    ("china", "CN", "China"),
    ("belgium", "BE", "Belgium"),
    ("switzerland", "CH", "Switzerland"),
    ("ussr", "SU", "Soviet Union"),
    ("netherlands", "NL", "Netherlands"),
    ("italy", "IT", "Italy"),
    ("hong-kong", "HK", "Hong Kong"),
    ("iran", "IR", "Iran"),
    ("philippines", "PH", "Philippines"),
    ("taiwan", "TW", "Taiwan"),
    ("spain", "ES", "Spain"),
    ("south-korea", "KR", "South Korea"),
    ("south-africa", "ZA", "South Africa"),
    ("sweden", "SE", "Sweden"),
    ("new-zealand", "NZ", "New Zealand"),
    ("indonesia", "ID", "Indonesia"),
    ("argentina", "AR", "Argentina"),
    ("iraq", "IQ", "Iraq"),
    ("saudi-arabia", "SA", "Saudi Arabia"),
    ("india", "IN", "India"),
    ("thailand", "TH", "Thailand"),
    ("mexico", "MX", "Mexico"),
    ("venezuela", "VE", "Venezuela"),
    ("singapore", "SG", "Singapore"),
    ("malaysia", "MY", "Malaysia"),
    ("ecuador", "EC", "Ecuador"),
    ("turkey", "TR", "Turkey"),
    ("denmark", "DK", "Denmark"),
    ("colombia", "CO", "Colombia"),
    ("kuwait", "KW", "Kuwait"),
    ("egypt", "EG", "Egypt"),
    ("yugoslavia", "YU", "Yugoslavia"),
    ("peru", "PE", "Peru"),
    ("uae", "AE", "United Arab Emirates"),
    ("bahrain", "BH", "Bahrain"),
    ("pakistan", "PK", "Pakistan"),
    ("finland", "FI", "Finland"),
    ("nigeria", "NG", "Nigeria"),
    ("portugal", "PT", "Portugal"),
    ("greece", "GR", "Greece"),
    ("luxembourg", "LU", "Luxembourg"),
    ("norway", "NO", "Norway"),
    ("algeria", "DZ", "Algeria"),
    ("bangladesh", "BD", "Bangladesh"),
    ("sri-lanka", "LK", "Sri Lanka"),
    ("nicaragua", "NI", "Nicaragua"),
    ("israel", "IL", "Israel"),
    ("austria", "AT", "Austria"),
    ("zambia", "ZM", "Zambia"),
    ("bolivia", "BO", "Bolivia"),
    ("ivory-coast", "CI", "Ivory Coast"),
    ("hungary", "HU", "Hungary"),
    ("costa-rica", "CR", "Costa Rica"),
    ("poland", "PL", "Poland"),
    ("lebanon", "LB", "Lebanon"),
    ("ireland", "IE", "Ireland"),
    ("kenya", "KE", "Kenya"),
    ("morocco", "MA", "Morocco"),
    ("jordan", "JO", "Jordan"),
    ("qatar", "QA", "Qatar"),
    ("libya", "LY", "Libya"),
    ("zimbabwe", "ZW", "Zimbabwe"),
    ("chile", "CL", "Chile"),
    ("cuba", "CU", "Cuba"),
    ("ghana", "GH", "Ghana"),
    ("tanzania", "TZ", "Tanzania"),
    ("uganda", "UG", "Uganda"),
    ("jamaica", "JM", "Jamaica"),
    ("panama", "PA", "Panama"),
    ("honduras", "HN", "Honduras"),
    ("cyprus", "CY", "Cyprus"),
    ("el-salvador", "SV", "El Salvador"),
    ("tunisia", "TN", "Tunisia"),
    ("syria", "SY", "Syria"),
    ("guatemala", "GT", "Guatemala"),
    ("yemen-arab-republic", "YE", "Yemen Arab Republic"),
    ("zaire", "ZR", "Zaire"),
    ("dominican-republic", "DO", "Dominican Republic"),
    ("sudan", "SD", "Sudan"),
    ("haiti", "HT", "Haiti"),
    ("chad", "TD", "Chad"),
    ("vietnam", "VN", "Vietnam"),
    ("north-korea", "KP", "North Korea"),
    ("oman", "OM", "Oman"),
    ("brunei", "BN", "Brunei"),
    ("uruguay", "UY", "Uruguay"),
    ("czechoslovakia", "CS", "Czechoslovakia"),
    ("romania", "RO", "Romania"),
    ("suriname", "SR", "Suriname"),
    ("papua-new-guinea", "PG", "Papua New Guinea"),
    ("gabon", "GA", "Gabon"),
    ("madagascar", "MG", "Madagascar"),
    ("ethiopia", "ET", "Ethiopia"),
    ("senegal", "SN", "Senegal"),
    ("mauritius", "MU", "Mauritius"),
    ("east-germany", "DD", "East Germany"),
    ("trinidad-tobago", "TT", "Trinidad and Tobago"),
    ("bermuda", "BM", "Bermuda"),
    ("cameroon", "CM", "Cameroon"),
    ("mozambique", "MZ", "Mozambique"),
    ("nepal", "NP", "Nepal"),
    ("liberia", "LR", "Liberia"),
    ("afghanistan", "AF", "Afghanistan"),
    ("somalia", "SO", "Somalia"),
    ("bulgaria", "BG", "Bulgaria"),
    ("sierra-leone", "SL", "Sierra Leone"),
    ("iceland", "IS", "Iceland"),
    ("malawi", "MW", "Malawi"),
    ("barbados", "BB", "Barbados"),
    ("botswana", "BW", "Botswana"),
    ("togo", "TG", "Togo"),
    ("congo", "CG", "Congo"),
    ("yemen-demo-republic", "YD", "Democratic Yemen"),
    ("us-virgin-islands", "VI", "United States Virgin Islands"),
    ("guam", "GU", "Guam"),
    ("cayman-islands", "KY", "Cayman Islands"),
    ("paraguay", "PY", "Paraguay"),
    ("angola", "AO", "Angola"),
    ("kampuchea", "KH", "Kampuchea"),
    ("burma", "BU", "Burma"),
    ("guyana", "GY", "Guyana"),
    ("djibouti", "DJ", "Djibouti"),
    ("namibia", "NA", "Namibia"),
    ("rwanda", "RW", "Rwanda"),
    ("fiji", "FJ", "Fiji"),
    ("niger", "NE", "Niger"),
    ("bhutan", "BT", "Bhutan"),
    ("liechtenstein", "LI", "Liechtenstein"),
    ("aruba", "AW", "Aruba"),
    ("guinea", "GN", "Guinea"),
    ("mauritania", "MR", "Mauritania"),
    ("vanuatu", "VU", "Vanuatu"),
    ("malta", "MT", "Malta"),
    ("antigua", "AG", "Antigua and Barbuda"),
    ("benin", "BJ", "Benin"),
    ("burkina-faso", "BF", "Burkina Faso"),
    ("lesotho", "LS", "Lesotho"),
    ("swaziland", "SZ", "Swaziland"),
    ("bahamas", "BS", "Bahamas"),
];

/// Without points and spaces, lower case, in the spellings the wire used.
const US_STATES: &[&str] = &[
    "ala",
    "alaska",
    "ariz",
    "ark",
    "calif",
    "colo",
    "conn",
    "dc",
    "del",
    "dela",
    "fla",
    "florida",
    "ga",
    "hawaii",
    "ia",
    "idaho",
    "il",
    "ill",
    "ind",
    "iowa",
    "kan",
    "kansas",
    "ky",
    "la",
    "ma",
    "maine",
    "mass",
    "md",
    "maryland",
    "me",
    "mich",
    "minn",
    "miss",
    "mo",
    "mont",
    "montana",
    "nc",
    "nd",
    "neb",
    "nev",
    "newjersey",
    "nh",
    "nj",
    "nm",
    "ny",
    "ohio",
    "ok",
    "okla",
    "ore",
    "oregon",
    "pa",
    "penn",
    "pr",
    "puertorico",
    "ri",
    "sc",
    "sd",
    "tenn",
    "tex",
    "texas",
    "utah",
    "va",
    "vermont",
    "vt",
    "wash",
    "wis",
    "wisc",
    "wva",
    "wyo",
];

const CANADIAN_PROVINCES: &[&str] = &[
    "alberta",
    "bc",
    "britishcolumbia",
    "manitoba",
    "newbrunswick",
    "newfoundland",
    "novascotia",
    "ontario",
    "princeedwardisland",
    "que",
    "quebec",
    "saskatchewan",
];

/// Code of the country, and its cities that stood alone in a dateline.
pub(crate) const CITIES: &[(&str, &str)] = &[
    (
        "usa",
        "NEW YORK|WASHINGTON|CHICAGO|HOUSTON|LOS ANGELES|DALLAS|DETROIT|BOSTON|MINNEAPOLIS|MIAMI|ATLANTA|SAN FRANCISCO|\
         DENVER|PHILADELPHIA|PITTSBURGH|CLEVELAND|ST. LOUIS|ST LOUIS|KANSAS CITY|CINCINNATI|OKLAHOMA CITY|SEATTLE|\
         INDIANAPOLIS|SAN DIEGO|SALT LAKE CITY|NEW ORLEANS|MILWAUKEE|BALTIMORE|LAS VEGAS|ST. PAUL|ST PAUL|OMAHA|TULSA|\
         PHOENIX|SAN JOSE|SIOUX CITY|SIOUX FALLS|HONOLULU|DES MOINES|SAN ANTONIO|FORT WORTH|UNITED NATIONS|ST JOSEPH",
    ),
    ("uk", "LONDON"),
    ("japan", "TOKYO|OSAKA"),
    ("canada", "TORONTO|MONTREAL|OTTAWA|WINNIPEG|VANCOUVER|CALGARY|EDMONTON|QUEBEC"),
    ("france", "PARIS|STRASBOURG"),
    ("belgium", "BRUSSELS|ZEEBRUGGE"),
    ("west-germany", "FRANKFURT|BONN|HAMBURG|WIESBADEN|DUESSELDORF|MUNICH|WEST BERLIN|STUTTGART|HANOVER|COLOGNE|BREMEN|KIEL|WOLFSBURG"),
    ("east-germany", "EAST BERLIN"),
    ("china", "PEKING|SHANGHAI"),
    ("hong-kong", "HONG KONG"),
    ("switzerland", "ZURICH|GENEVA|BERNE|BASLE"),
    ("australia", "SYDNEY|MELBOURNE|CANBERRA|ADELAIDE|BRISBANE|PERTH"),
    ("taiwan", "TAIPEI"),
    ("philippines", "MANILA"),
    ("new-zealand", "WELLINGTON|AUCKLAND"),
    ("italy", "ROME|MILAN|TURIN"),
    ("sweden", "STOCKHOLM"),
    ("netherlands", "AMSTERDAM|ROTTERDAM|THE HAGUE|EINDHOVEN"),
    ("singapore", "SINGAPORE"),
    ("spain", "MADRID"),
    ("brazil", "RIO DE JANEIRO|SAO PAULO|BRASILIA"),
    ("indonesia", "JAKARTA"),
    ("south-korea", "SEOUL"),
    ("argentina", "BUENOS AIRES"),
    ("malaysia", "KUALA LUMPUR"),
    ("venezuela", "CARACAS"),
    ("thailand", "BANGKOK"),
    ("south-africa", "JOHANNESBURG|PRETORIA|CAPE TOWN"),
    ("bahrain", "BAHRAIN"),
    ("luxembourg", "LUXEMBOURG"),
    ("india", "NEW DELHI|BOMBAY"),
    ("ecuador", "QUITO"),
    ("finland", "HELSINKI"),
    ("yugoslavia", "BELGRADE"),
    ("uae", "ABU DHABI|DUBAI"),
    ("colombia", "BOGOTA"),
    ("iraq", "BAGHDAD"),
    ("iran", "TEHRAN"),
    ("peru", "LIMA"),
    ("bangladesh", "DHAKA|CHITTAGONG"),
    ("ussr", "MOSCOW"),
    ("denmark", "COPENHAGEN"),
    ("sri-lanka", "COLOMBO"),
    ("turkey", "ANKARA|ISTANBUL"),
    ("kuwait", "KUWAIT"),
    ("norway", "OSLO"),
    ("zambia", "LUSAKA"),
    ("austria", "VIENNA"),
    ("mexico", "MEXICO CITY"),
    ("bolivia", "LA PAZ"),
    ("ivory-coast", "ABIDJAN"),
    ("zimbabwe", "HARARE"),
    ("greece", "ATHENS"),
    ("kenya", "NAIROBI"),
    ("nigeria", "LAGOS"),
    ("portugal", "LISBON"),
    ("egypt", "CAIRO"),
    ("lebanon", "BEIRUT"),
    ("hungary", "BUDAPEST"),
    ("saudi-arabia", "RIYADH|JEDDAH"),
    ("pakistan", "KARACHI|ISLAMABAD"),
    ("tanzania", "DAR ES SALAAM"),
    ("poland", "WARSAW"),
    ("chile", "SANTIAGO"),
    ("uganda", "KAMPALA"),
    ("cuba", "HAVANA"),
    ("cyprus", "NICOSIA"),
    ("ireland", "DUBLIN"),
    ("algeria", "ALGIERS"),
    ("jordan", "AMMAN"),
    ("madagascar", "ANTANANARIVO"),
    ("nicaragua", "MANAGUA"),
    ("israel", "TEL AVIV|JERUSALEM"),
    ("haiti", "PORT-AU-PRINCE"),
    ("ethiopia", "ADDIS ABABA"),
    ("qatar", "DOHA"),
    ("sudan", "KHARTOUM"),
    ("panama", "PANAMA CITY"),
    ("burma", "RANGOON"),
    ("syria", "DAMASCUS"),
    ("morocco", "RABAT"),
    ("zaire", "KINSHASA"),
    ("iceland", "REYKJAVIK"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_tells_the_country() {
        let iso = |region| country_of_region(region).map(|country| country.iso);
        assert_eq!(iso("Calif."), Some("US"));
        assert_eq!(iso("W. Va"), Some("US"));
        assert_eq!(iso("British Columbia"), Some("CA"));
        assert_eq!(iso("The Netherlands"), Some("NL"));
        assert_eq!(iso("Atlantis"), None);
    }

    #[test]
    fn every_city_is_in_a_known_country() {
        for (code, cities) in CITIES {
            assert!(country(code).is_some(), "{code} of {cities}");
        }
        assert_eq!(country_of_city("Peking").unwrap().name, "China");
        assert_eq!(country_of_city("Birmingham"), None, "there are two");
    }
}
