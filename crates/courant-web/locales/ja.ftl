### What a reader of the public site sees, in Japanese.
### `$n` is a number that chooses the plural form; `$shown` is the same number as printed.

## Dates and zones. `$month` comes from month-1 … month-12.
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
weekday-1 = 月
weekday-2 = 火
weekday-3 = 水
weekday-4 = 木
weekday-5 = 金
weekday-6 = 土
weekday-7 = 日
month-name-1 = 1月
month-name-2 = 2月
month-name-3 = 3月
month-name-4 = 4月
month-name-5 = 5月
month-name-6 = 6月
month-name-7 = 7月
month-name-8 = 8月
month-name-9 = 9月
month-name-10 = 10月
month-name-11 = 11月
month-name-12 = 12月
weekday-short-1 = 月
weekday-short-2 = 火
weekday-short-3 = 水
weekday-short-4 = 木
weekday-short-5 = 金
weekday-short-6 = 土
weekday-short-7 = 日
month-of = { $year }年{ $month }
year-title = { $year }年
date = { $year }年{ $month }{ $day }日
day = { $year }年{ $month }{ $day }日（{ $weekday }）
date-time = { $date } { $clock } { $zone }
clock-zone = { $clock } { $zone }
times-are = このページの時刻：{ $zone }

## Around every page
skip = ニュースへ移動
menu = メニュー
sections = 分野
search = 検索
search-label = ニュースを検索
all-news = 全ニュース
filter = 絞り込み
languages = ほかの言語のニュース
feed = この一覧のRSS
front-title = { $agency }：最新ニュース
front-description = { $agency }の最新ニュースを新しい順に掲載。
title = { $page } | { $agency }

## Marks
flash = 速報
bulletin = 緊急
urgent = 至急
updated = 更新
corrected = 訂正
withheld = 保留
killed = 配信取消
taken-down = 削除
row-withheld = 編集部が保留しています。確認後に再掲載するか、ここでお知らせします。

## Lists
latest = 最新ニュース
leading = 主なニュース
dossiers = 特集
topic-title = テーマ：{ $name }
dossier-title = 特集：{ $name }
place-title = 場所：{ $name }
by-title = 筆者：{ $name }
newer = 新しい記事
older = 前の記事
more-shown = { $n ->
   *[other] さらに{ $shown }件を表示しました
}
days = 日付
archive = 過去の記事
broader = 上位の主題
narrower = 下位の主題
subjects-source = 主題はIPTCのMedia Topics（ライセンスCC BY 4.0）によります。記事は上位の主題すべてに数えられます。
month = 月
n-stories = 記事数
empty = 該当する記事はありません。
empty-end = これより前の記事はありません。
empty-day = この日に配信した記事はありません。
stories = { $n ->
   *[other] { $shown }件
}
hidden-by-filter = { $n ->
   *[other] フィルターで{ $shown }件を非表示
}
hidden-show = 表示する
muted-by = 除く言葉「{ $mute }」を含む記事
list-description = { $name }：{ $agency }のニュースを新しい順に掲載。

## Filter
filter-what = 表示する分野
filter-language = 言語
filter-urgency = 緊急度
filter-urgency-any = すべて
filter-urgency-most = { $name }以上
filter-words = 含む言葉
filter-mute = 除く言葉
filter-show = その言葉を含む記事
filter-show-hide = 表示せず件数を示す
filter-show-collapse = 折りたたむ
filter-also = ほかの条件
filter-without = 除外：{ $list }
filter-apply = 表示
filter-clear = すべて表示
filter-problems = { $n ->
   *[other] 絞り込みの条件のうち{ $shown }件を読み取れませんでした
}

## Story
money-show = 金額を併記する通貨
money-as-printed = （原文のみ）
money-button = 表示
money-note = 金額を記事の日（{ $date }）のレートで{ $currency }でも示しています。出典：{ $source }。本文は変えていません。
money-lacking = { $source }には{ $date }の{ $codes }のレートがありません。該当する金額は原文のままです。
money-unknown = 「{ $typed }」は通貨ではありません。一覧から選んでください。
money-none = この記事には印の付いた金額がありません。
moved = 配信
place = 場所
version-label = 版
correction = { $n ->
   *[other] 訂正
}
picture-credit = 画像：{ $credit }
picture-terms = 利用条件
picture-licence = 使用許諾を得る
picture-by-machine = プログラムによる生成画像
photo-killed = 画像は{ $at }に取り消されました：{ $reason }
map-label = { $place }周辺の地図（{ $coordinates }）
map-coordinates = { $latitude }、{ $longitude }
map-north = 北緯{ $degrees }度
map-south = 南緯{ $degrees }度
map-east = 東経{ $degrees }度
map-west = 西経{ $degrees }度
pictures = { $n ->
   *[other] 写真{ $shown }枚
}
sources = 出典
other-forms = この記事の別形式
form-json = ninjs
form-ninjs2 = ninjs 2.2
form-xml = NewsML-G2
form-nitf = NITF
form-txt = テキスト
form-md = Markdown
slugline = スラッグ
subjects = テーマ
places = 場所
follows = 前の記事
followed-by = 続報
words = { $n ->
   *[other] { $shown }語
}
more-in = 「{ $name }」のほかの記事
picture-n-of = { $total }枚中{ $n }枚目

## Held and killed stories
withheld-title = この記事は保留中です
withheld-text = 事実を確認するため、編集部が一時的に掲載を止めています。再掲載の際はこの場所に戻り、取り消す場合はここでお知らせします。
withheld-since = 保留開始
killed-title = この記事は配信を取り消しました
killed-text = 使用しないでください。本文はサイト、フィード、検索から削除しました。
killed-at = 取消
taken-down-title = この記事は削除しました
taken-down-text = 法律上または個人の事情により削除しました。使用しないでください。
taken-down-at = 削除
reason = 理由

## Search
search-title = 検索
search-title-for = 「{ $query }」の検索
results = { $n ->
    [0] 見つかりませんでした
   *[other] { $shown }件見つかりました
}
no-results-help = 言葉を減らすか、別の言葉にするか、検索記号を外してみてください。
order = 並び順
order-newest = 新しい順
order-relevance = 関連の高い順
narrow-in-force = 絞り込み中
narrow-clear = すべてから検索
narrow = 絞り込む
facet-section = 分野
facet-topic = テーマ
facet-place = 場所
facet-lang = 言語
query-problem = 検索式を読み取れません
query-problem-at = { $at }文字目：{ $problem }
operators = 検索で使える書き方
op-phrase = この語順のまま
op-near = 5語以内に並ぶ（順序は問わない）
op-not = この言葉を除く
op-title = 見出しに含む
op-topic = このテーマ
op-place = この場所から、またはこの場所について
op-by = この署名
op-lang = この言語
op-urgency = この緊急度以上（1が最も高い）
op-corrected = 配信後に訂正された記事。corrected:noはそれ以外
op-on = この日に配信
op-after = この日より後に配信
op-before = この日より前に配信

## When something is not there
not-found-title = このアドレスには何もありません
not-found-text = { $address } というアドレスのページはありません。入力の誤りか、途中で切れている可能性があります。
not-found-help = 検索、または下の最新ニュースからお探しください。
bad-request-title = このアドレスは読み取れません
too-long-title = アドレスが長すぎます
too-long-text = アドレスは{ $limit }バイトまでです。検索式か絞り込みを短くしてください。
failure-title = 今はこのページを表示できません
failure-text = 原因は当サイト側にあり、記録しました。1分ほどしてからもう一度お試しください。下のニュースはご覧いただける場合があります。
bad-day = { $text }は暦にない日です。年、月、日を /2017/03/20 のように書いてください。

## Live lists (in attributes, used by the script that follows the wire)
live-new = { $n ->
   *[other] 新着{ $shown }件
}
live-pause = 更新を止める
live-resume = 更新を再開
live-reload = 最新の状態に更新

## Sections a service usually has; any other is shown by its slug
section-news = ニュース
section-world = 国際
section-politics = 政治
section-economy = 経済
section-markets = 市場
section-business = ビジネス
section-science = 科学
section-technology = 技術
section-society = 社会
section-culture = 文化
section-sport = スポーツ
section-sports = スポーツ
section-environment = 環境
section-health = 健康
section-defense = 防衛
section-emergencies = 災害・事故
section-space = 宇宙
section-energy = エネルギー
section-agency = 当社から

## More lines, by the page that says them
byline = 筆者
local-time = 現地時刻
there = 現地：{ $time }
previous-page = 前のページ
next-page = 次のページ
results-pages = 検索結果のページ
bad-cursor = アドレスの{ $parameter }={ $value }は配信番号ではありません。取り除くと最新の記事を表示します。
read-only = このページは閲覧専用です。GETで開いてください。
filter-unknown = { $parameter }={ $value }：この項目はありません。取り除くか、topic、dossier、section、place、by、lang、type、source、urgency、q、mute、until、showのいずれかを使ってください。
filter-too-many = { $parameter }={ $value } 以降は長すぎるため省きました。条件を減らしてください。
filter-bad-urgency = { $parameter }={ $value }：緊急度は1（最も高い）から9の数字です。
filter-bad-date = { $parameter }={ $value }は日付ではありません。2026-12-31のように書いてください。
filter-bad-lang = { $parameter }={ $value }は言語コードではありません。en、ru、ja、arのように書いてください。
filter-bad-show = { $parameter }={ $value }は使えません。hideかcollapseを使ってください。
filter-bad-type = { $parameter }={ $value }は使えません。text、picture、graphic、video、audio、compositeのいずれかを使ってください。
filter-bad-value = { $parameter }={ $value }は読み取れません。文字か数字を1つ以上、200文字以内で書いてください。
query-empty = 検索する言葉がありません。1語以上入力してください。
query-too-long = 検索式が長すぎます。短くしてください。
query-too-many = 言葉や記号が多すぎます。減らしてください。
query-too-deep = かっこの入れ子が深すぎます。減らしてください。
query-open-quote = 引用符が閉じていません。閉じるか、取り除いてください。
query-empty-quote = 引用符の中に言葉がありません。言葉を入れるか、引用符を取り除いてください。
query-parenthesis = かっこの対応がありません。対になるかっこを加えるか、取り除いてください。
query-empty-parentheses = かっこの中が空です。言葉を入れるか、かっこを取り除いてください。
query-missing-operand = 「{ $found }」の隣に言葉が必要です。加えるか、取り除いてください。
query-missing-value = 「{ $found }」のコロンの後に言葉が必要です。加えるか、取り除いてください。
query-unknown-field = 「{ $found }」という項目はありません。使えるのはtitle、section、topic、dossier、place、by、lang、type、source、urgency、corrected、on、after、beforeです。
query-bad-date = 「{ $found }」は日付ではありません。2017-03-20、2017-03、2017のように書いてください。
query-bad-urgency = 「{ $found }」は緊急度ではありません。1から9の数字を書いてください。
query-bad-distance = 「{ $found }」という距離はありません。2つの言葉の間にnear/5のように、1から50の数字で書いてください。
query-bad-neighbour = 「{ $found }」はnear/5の隣に置けません。両側に言葉か語句を置き、title:は両方に付けるか、どちらにも付けないでください。
query-bad-yes-no = 「{ $found }」はyesでもnoでもありません。corrected:yesかcorrected:noと書いてください。
query-unreadable = 「{ $found }」はここでは読み取れません。取り除いてください。

## Feeds
feed-description = { $agency }のこの一覧の最新記事。

## Exchange rates
bad-parameter = アドレスの { $parameter }={ $value } は読み取れません。直すか、取り除いてください。
convert = 換算
convert-label = 通貨換算
amount = 金額
from = 換算元
to = 換算先
on-day = 日付
read-as = { $amount } と読み取りました。
read-otherwise = { $amount } と読む
swap = 入れ替える
history = 推移
usual-amounts = よく使う金額
calculated = 計算の経路
source = 出典
disclaimer-ecb = 参考情報です。同行は、このレートを取引に用いないよう強く勧めています。
disclaimer = 参考情報であり、取引用ではありません。
why-published = { $observed }に{ $bank }が公表したレートです。
why-in-force = { $requested }に有効なのは、{ $observed }付のレートです。
why-weekend = { $requested }は週末でレートがないため、{ $observed }のレートです。
why-holiday = { $requested }は銀行の休業日のため、{ $observed }のレートです。
why-not-yet = { $requested }のレートはまだ公表されていません（予定: { $next }）。それまでは{ $observed }のレートです。
why-carried = { $requested }のレートは見つからず、{ $observed }のレートです。
why-latest = ここで分かっている最新のレートは{ $observed }のものです。
why-identity = 同じ通貨です。
why-irrevocable = { $observed }にユーロへ移行した際に永久に固定されたレートです。
why-peg = 法令で固定されたレートで、市場レートはありません。{ $observed }またはそれ以前から有効です。
step-quoted = { $from } から { $to }: { $printed }（{ $day }）
step-irrevocable = { $from } から { $to }: { $printed }、{ $day }から永久固定
step-peg = { $from } から { $to }: { $printed }、{ $day }以前から固定相場
amount-empty = 金額がありません。1234.56 のような数を入れてください。
amount-unreadable = 「{ $typed }」は金額として読めません。1234.56、1,234.56、1 234,56 のように書いてください。
amount-negative = 「{ $typed }」は負の数です。符号を取り、通貨を入れ替えてください。
amount-too-long = 「{ $typed }」は長すぎます。金額は40桁までです。
no-rate-unknown = { $code } は ISO 4217 のコードではありません。一覧から選んでください。
no-rate-not-yet = { $code } は{ $day }に始まりました。その日以降を選んでください。
no-rate-gone = { $code } は{ $day }に廃止されました。{ $next } を使ってください（1 { $next } = { $number } { $code }）。
no-rate-ended = { $code } は{ $day }より前に廃止されました。それ以前の日を選んでください。
no-rate-future = { $day }は未来の日付です（今日は{ $today }）。日付を空にすると最新のレートになります。
no-rate-before = { $day }は最初のレート（{ $first }）より前です。それ以降を選んでください。
no-rate-not-quoted = { $bank }は { $code } を公表していません。別の通貨か出典を選んでください。
no-rate-not-quoted-then = { $bank }には{ $day }の { $code } のレートがありません（{ $first }から{ $last }まで）。その間の日を選んでください。
no-rate-near = { $day }とその前2週間の{ $bank }のレートはここにありません。日付を空にすると最新のレートになります。
no-rate-range = { $first }から{ $last }までは一度に表示できません。早い日付を先にして、短い期間を選んでください。
rates = 為替レート
rates-title = 為替レート: { $bank }
rates-description = { $bank }のレートと前回からの変化。
rates-observed = { $day }のレート
rates-in-force = { $day }から有効
rates-per-base = 1 { $base } あたりの各通貨の額です。
rates-in-base = 各通貨の単位あたりの { $base } の額です。
rates-feed-description = { $agency } が伝える為替レート。
currency = 通貨
currency-name = 名称
units = 単位
rate = レート
change = 価値の変化
change-since = 変化は{ $day }からの1単位の価値の変化です。
show-day = 表示
gram = グラム
strip-of = { $bank }、{ $day }
history-title = { $base }/{ $code }
range = 期間
range-1m = 1か月
range-3m = 3か月
range-1y = 1年
range-5y = 5年
range-10y = 10年
range-all = 全期間
no-rates-in-range = この期間にこの組のレートはありません。長い期間か別の通貨を選んでください。
data-table = レートの表
day-column = 日
rate-last = 最新
rate-least = 最安
rate-greatest = 最高
against = 基準
compare = 比較
rates-count = { $n ->
   *[other] { $shown }件のレート
}
table-shortened = { $n ->
   *[other] { $shown }日分から等間隔に選んでいます。すべては CSV にあります。
}

## Names of currencies; any other is named as ISO 4217 does, in English
currency-aud = オーストラリア・ドル
currency-brl = ブラジル・レアル
currency-cad = カナダ・ドル
currency-chf = スイス・フラン
currency-cny = 中国人民元
currency-czk = チェコ・コルナ
currency-dkk = デンマーク・クローネ
currency-eur = ユーロ
currency-gbp = 英ポンド
currency-hkd = 香港ドル
currency-huf = ハンガリー・フォリント
currency-idr = インドネシア・ルピア
currency-ils = イスラエル・シェケル
currency-inr = インド・ルピー
currency-isk = アイスランド・クローナ
currency-jpy = 日本円
currency-krw = 韓国ウォン
currency-mxn = メキシコ・ペソ
currency-myr = マレーシア・リンギット
currency-nok = ノルウェー・クローネ
currency-nzd = ニュージーランド・ドル
currency-php = フィリピン・ペソ
currency-pln = ポーランド・ズウォティ
currency-ron = ルーマニア・レウ
currency-rub = ロシア・ルーブル
currency-sar = サウジ・リヤル
currency-sek = スウェーデン・クローナ
currency-sgd = シンガポール・ドル
currency-thb = タイ・バーツ
currency-try = トルコ・リラ
currency-uah = ウクライナ・フリヴニャ
currency-usd = 米ドル
currency-zar = 南アフリカ・ランド
currency-aed = UAEディルハム
currency-egp = エジプト・ポンド
currency-kzt = カザフスタン・テンゲ

## 版、時点、訂正の一覧
versions = 版の履歴
version-n = 第{ $version }版
compare-with = 第{ $version }版からの変更
diff-title = 第{ $from }版と第{ $to }版
diff-same = 見出し、リード、本文とも同一です。
past-version = { $time }に配信された第{ $version }版です。
past-latest = 現在の記事
past-list = { $time }時点の一覧です。
past-now = 現在の一覧を表示
not-kept = 記事が一時取り下げられたため、当時の文面は残っていません。
to-notice = 取り下げられた記事
refiled = 再送
repeated = 再掲
released = 保留解除
corrections = 訂正
corrections-text = この配信のすべての訂正、保留、解除、取り消しを、理由とともに新しい順に示します。
empty-register = 訂正も取り下げもありません。
bad-moment = アドレスに at={ $value } とありますが、時刻として読めません。2026-11-25T21:00:00Z のように書いてください。
future-moment = アドレスに at={ $value } とありますが、まだ来ていない時刻です。外すと最新の状態が表示されます。
not-yet-moved = { $time }には、この記事はまだ配信されていませんでした。
no-such-version = この記事の第{ $version }版はないか、内容が残っていません。

## 通信社について
about = { $agency }について
for-machines = プログラム向け
policy-principles = 編集方針
policy-corrections = 訂正の方法
policy-ethics = 倫理規定
policy-verification = 事実確認の方法
policy-unnamed-sources = 匿名の情報源
policy-diversity = 多様な声
policy-masthead = 編集部
policy-ownership = 所有者と資金
policy-feedback = 連絡先
policy-mission = 取材の範囲

## Dossiers
dossier-open = 継続中
dossier-dormant = 動きなし
dossier-closed = 終了
dossier-began = { $date }に始まる
dossier-part-of = 上位の特集
dossier-parts = 下位の特集
dossier-related = 関連する特集
dossier-split-from = 分割元の特集
dossier-split-off = 分割された特集
dossier-absorbed = { $date }に特集「{ $name }」がここに統合された：{ $reason }
dossier-merged = 特集「{ $name }」は「{ $into }」に続く
dossier-versions-title = 特集「{ $name }」の記述の履歴
dossier-same-text = 題と要約は前と同じ。
key-events = 主な出来事
timeline = 時系列
people = 人物
places-map = 地図：{ $places }
summary-of = { $time }時点の要約
since-title = 前回からの変化
since-nothing = 変化はない。
since-new = { $n ->
   *[other] 新着{ $shown }件
}
since-updated = { $n ->
   *[other] 更新{ $shown }件
}
since-corrected = { $n ->
   *[other] 訂正{ $shown }件
}
since-withdrawn = { $n ->
   *[other] 取り下げ{ $shown }件
}
since-summary = 要約が書き改められた
since-keep = このアドレスを控えておくと、今から後の新着が分かる
since-remember = どこまで読んだかをこの端末に記憶する
since-forget = 記憶をやめる
since-visit = 前回からの新着を見る

## More about a story
new = 新着
reading-time = { $n ->
   *[other] 読了まで約{ $shown }分
}
contents = この記事の内容
share = 共有
short-address = 短いアドレス
by-mail = メールで送る
copy-address = アドレスをコピー
cite = 引用
cite-title = この記事の引用のしかた
cite-text = 版のアドレスは、記事がどうなっても有効である。
cite-bib = BibTeXファイル
## Finding and choosing
filter-title = フィルターを作る
filter-intro = 関心のあるものを選んでください。フィルターは一つのアドレスです。開く、共有する、購読する、どれも登録なしでできます。
filter-choices = すべての条件と件数
filter-keeps = { $of }件のうち{ $kept }件を表示
filter-counted = { $n ->
   *[other] 今日（{ $day }）の{ $shown }件で数えています。
}
filter-counted-newest = { $n ->
   *[other] 今日の配信はまだありません。最新の日（{ $day }）の{ $shown }件で数えています。
}
filter-in-force = 現在の条件
filter-numbers = 各項目の数字は、ほかの条件をそのままにして「表示する件数 / 隠す件数」です。
filter-choice = 表示{ $kept }件、非表示{ $hidden }件
filter-more = { $n ->
   *[other] ほか{ $shown }件
}
filter-by-words = 言葉で
filter-mute-about = 単語、または引用符 "" で囲んだ語句をコンマで区切って入力します。それぞれ200文字まで。
filter-until = 除く期限（最終日）
filter-ended = 言葉の除外は{ $day }までで、すでに終わりました。該当する記事は再び表示されます。
filter-leave-out = 分野・主題・言語を除く
filter-count = 数える
filter-show-all = この条件の記事を表示
filter-start-over = 最初からやり直す
filter-stream = イベントストリーム
subscribe = 購読
filter-word-keeps = { $n ->
   *[other] 「{ $words }」に{ $shown }件が該当
}
filter-word-hides = { $n ->
   *[other] 「{ $words }」で{ $shown }件を非表示
}
filter-too-long = { $parameter }={ $value } は長すぎます。{ $most }文字以内に短くしてください。
filter-bad-words = { $parameter }={ $value } は読み取れず、何にも該当しません。{ $problem }
facet-dossier = 特集
facet-by = 筆者
facet-type = 種類
facet-source = 出典
facet-month = 月別
facet-year = 年別
type-text = 記事
type-picture = 写真
type-graphic = 図版
type-video = 動画
type-audio = 音声
type-composite = まとめ
type-event = 行事
type-planning = 取材予定
keep-here = この端末に保存
keep-forget = 保存を消す
keep-use = 自分のフィルターを使う
keep-none = この端末には何も保存していません。
keep-kept = このブラウザーだけに保存しています：{"{filter}"}
today = 今日
today-title = 今日：{ $day }
edition = 今日の紙面
edition-of = { $day }の紙面
edition-to-end = 末尾へ
edition-end-label = 紙面の終わり
edition-end = { $n ->
   *[other] ここまでで{ $day }の{ $shown }件すべてです。
}
edition-end-of = { $n ->
   *[other] ここまでで紙面は終わりです（{ $day }、{ $shown }件のうち{ $part }件）。
}
edition-more = { $n ->
   *[other] ほか{ $shown }件の記事
}
edition-whole-day = この日のすべての記事
important = 今日の重要ニュース
in-pictures = 写真で見る
suggestions = { $n ->
   *[other] 候補{ $shown }件
}
suggestions-label = 候補
narrow-remove = 条件を外す：{ $name }
moved-after = { $time }より後
moved-before = { $time }より前
search-saved = この検索を保存
search-saved-about = 検索は購読することで保存できます。新しい記事が自動的に届きます。
search-as-filter = フィルターとして使う

## 他の報道機関とパートナー
press = 他社の報道
press-title = 他社の報道：{ $name }
press-text = この件についての他の報道機関の記事です。編集部が選んだフィードから見つけたもので、見出しは各社のものです。
press-reports = { $n ->
   *[other] 他社の報道{ $shown }件
}
press-empty = まだ見つかっていません。
press-same = 同じ出来事
press-background = 背景
press-differs = 食い違う点
press-paywall = 有料
press-by-machine = 自動で照合。
press-by-editor = 編集者が確認済み。
press-why = なぜここにあるのか
press-score = 同じ出来事である確率：{ $percent }%。
press-names = 名前
press-places = 場所
press-numbers = 数字
press-words = 言葉
press-number = 数字
press-name = 名前
press-date = 日付
press-here = 当社
press-first = 第一報
press-first-elsewhere = 他社の第一報
press-sources = 対象の報道機関
press-sources-text = これらの報道機関の記事を当社の記事の横に示します。見出しと時刻と直接のリンクだけで、間には何も挟みません。
press-sources-empty = この言語の報道機関はありません。
press-removal = 掲載を望まない報道機関は、次の宛先に連絡すればすべてのページから消えます：
press-any-language = すべての言語
press-licence = 利用範囲
press-licence-headline = 見出しとリンク
press-licence-summary = 見出し、要約、リンク
press-licence-full = 全文
press-terms = 利用条件
partner = パートナー
partners = パートナー
partners-text = 取り決めに基づき、パートナーは当社の見出しを、当社はパートナーの見出しを示します。ニュースの一覧に混ざることはありません。
partners-empty = 有効な取り決めはありません。
partner-latest = パートナーの報道
partner-given = 提供
partner-taken = 掲載
partner-headlines = { $n ->
   *[other] 見出し{ $shown }本
}
partner-topics = 分野
partner-languages = 言語
partner-all = すべて
partner-per-day = 一日の上限
partner-embargo = 先方だけの時間
partner-since = 開始
partner-until = 終了
minutes = { $n ->
   *[other] { $shown }分
}
language-ar = アラビア語
language-de = ドイツ語
language-en = 英語
language-es = スペイン語
language-fr = フランス語
language-it = イタリア語
language-ja = 日本語
language-ko = 韓国語
language-pt = ポルトガル語
language-ru = ロシア語
language-tr = トルコ語
language-uk = ウクライナ語
language-zh = 中国語
