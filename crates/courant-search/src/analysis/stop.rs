//! Words that only hold a sentence together. They are indexed, for phrases; but a query does not
//! insist on them when it has other words.

use super::Analysis;

/// `word` is folded, not stemmed.
pub(super) fn is_stop_word(analysis: Analysis, word: &str) -> bool {
    words(analysis).split_ascii_whitespace().any(|stop| stop == word)
}

fn words(analysis: Analysis) -> &'static str {
    match analysis {
        Analysis::English => {
            "a about above after again all also am an and any are as at be because been before \
             being between both but by can could did do does doing during each for from further had \
             has have having he her him his how i if in into is it its me more most my of on only \
             or other our out over own same she should so some such than that the their them then \
             there these they this those through to too under until up upon very was we were what \
             when where which while who whom why will with would you your"
        }
        Analysis::Russian => {
            "а без бы был была были было быть в вы для до его ее если же за и из или им их к как \
             ко когда который ли мы на над не него нее ни них но о об он она они оно от по под при \
             с со так также то тот у что чтобы эта эти это этот я"
        }
        Analysis::German => {
            "als am an auch auf aus bei bis das dass dem den der des die ein eine einem einen einer \
             eines er es für hat ihr im in ist mit nach nicht oder sich sie sind über um und von vom \
             vor war wie wird zu zum zur"
        }
        Analysis::French => {
            "a au aux avec ce ces cette dans de des du elle elles en est et il ils la le les leur \
             leurs mais ne ou par pas pour qu que qui sa se ses son sont sur un une y"
        }
        Analysis::Spanish => {
            "a al como con de del el ella en entre es esta este ha la las lo los más no o para pero \
             por que se ser sin sobre su sus un una y"
        }
        Analysis::Italian => {
            "a ai al alla alle anche che con da dal dalla dei del della delle di e è gli ha i il in \
             la le lo ma nel nella non o per più si sono su sul sulla un una"
        }
        Analysis::Portuguese => {
            "a ao aos as com como da das de do dos e é em entre foi mais mas na nas no nos o os ou \
             para pela pelo por que se sem ser seu sua um uma"
        }
        Analysis::Dutch => {
            "aan als bij dan dat de der die door een en er het hij in is maar met naar niet of om \
             ook op over te tot uit van voor was werd wordt zijn"
        }
        Analysis::Swedish => {
            "att av de den det efter ett en för från har i inte med men när och om på sig som till \
             var vid är"
        }
        Analysis::Norwegian | Analysis::Danish => {
            "af at av de den der det efter en er et etter for fra har i ikke med men og om på som \
             til ved var"
        }
        Analysis::Arabic => {
            "في من على إلى الى عن مع أن ان إن هذا هذه ذلك التي الذي الذين ما لا لم لن قد كان كانت هو \
             هي بعد قبل بين كما او أو ثم حتى و"
        }
        Analysis::Japanese => "の は が を に へ と で も や か な ね よ た だ し て い る",
        Analysis::Chinese => "的 了 是 在 和 与 與 之 也 都 而 及 或 等",
        _ => "",
    }
}
