### What a reader of the public site sees, in Arabic. Digits are 0 to 9, as the agencies of the region print them.
### `$n` is a number that chooses the plural form; `$shown` is the same number as printed.

## Dates and zones. `$month` comes from month-1 … month-12.
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
month-name-1 = يناير
month-name-2 = فبراير
month-name-3 = مارس
month-name-4 = أبريل
month-name-5 = مايو
month-name-6 = يونيو
month-name-7 = يوليو
month-name-8 = أغسطس
month-name-9 = سبتمبر
month-name-10 = أكتوبر
month-name-11 = نوفمبر
month-name-12 = ديسمبر
weekday-short-1 = إثن
weekday-short-2 = ثلا
weekday-short-3 = أرب
weekday-short-4 = خمي
weekday-short-5 = جمع
weekday-short-6 = سبت
weekday-short-7 = أحد
month-of = { $month } { $year }
year-title = عام { $year }
date = { $day } { $month } { $year }
day = { $weekday }، { $day } { $month } { $year }
date-time = { $date }، { $clock } { $zone }
clock-zone = { $clock } { $zone }
times-are = التوقيت في هذه الصفحة: { $zone }

## Around every page
skip = انتقل إلى الأخبار
menu = القائمة
sections = الأقسام
search = بحث
search-label = البحث في الأخبار
all-news = كل الأخبار
filter = تصفية
languages = الأخبار بلغات أخرى
feed = هذه القائمة بصيغة RSS
front-title = { $agency }: آخر الأخبار
front-description = أخبار { $agency } فور صدورها، الأحدث أولاً.
title = { $page } | { $agency }

## Marks
flash = عاجل جداً
bulletin = نبأ عاجل
urgent = عاجل
updated = محدَّث
corrected = مصحَّح
withheld = معلَّق
killed = ملغى
taken-down = محذوف
row-withheld = علّقه المحررون. سيعود إلى هنا أو يحل محله إشعار.

## Lists
latest = آخر الأخبار
leading = أهم الأخبار
dossiers = ملفات
topic-title = الموضوع: { $name }
dossier-title = الملف: { $name }
place-title = المكان: { $name }
by-title = بقلم: { $name }
newer = الأحدث
older = الأقدم
more-shown = { $n ->
    [zero] لا أخبار أخرى
    [one] عُرض خبر آخر
    [two] عُرض خبران آخران
    [few] عُرضت { $shown } أخبار أخرى
    [many] عُرض { $shown } خبراً آخر
   *[other] عُرض { $shown } خبر آخر
}
days = الأيام
archive = الأرشيف
broader = أعمّ
narrower = أخصّ
subjects-source = الموضوعات من Media Topics الصادرة عن IPTC برخصة CC BY 4.0. ويُحتسب الخبر في كل موضوع أعمّ من موضوعه.
month = الشهر
n-stories = عدد الأخبار
empty = لا توجد أخبار مطابقة.
empty-end = لا توجد أخبار أقدم من ذلك.
empty-day = لم تصدر أخبار في هذا اليوم.
stories = { $n ->
    [zero] لا أخبار
    [one] خبر واحد
    [two] خبران
    [few] { $shown } أخبار
    [many] { $shown } خبراً
   *[other] { $shown } خبر
}
hidden-by-filter = { $n ->
    [zero] لم تُخفِ التصفية شيئاً
    [one] أخفت التصفية خبراً واحداً
    [two] أخفت التصفية خبرين
    [few] أخفت التصفية { $shown } أخبار
    [many] أخفت التصفية { $shown } خبراً
   *[other] أخفت التصفية { $shown } خبر
}
hidden-show = إظهارها
muted-by = مخفي بسبب «{ $mute }»
list-description = { $name }: أخبار { $agency }، الأحدث أولاً.

## Filter
filter-what = عرض هذه الأقسام فقط
filter-language = اللغة
filter-urgency = درجة الاستعجال
filter-urgency-any = الكل
filter-urgency-most = { $name } فأعلى
filter-words = تتضمن الكلمات
filter-mute = من دون الكلمات
filter-show = الأخبار التي تتضمنها
filter-show-hide = تُخفى ويُذكر عددها
filter-show-collapse = تُطوى
filter-also = شروط أخرى سارية
filter-without = باستثناء: { $list }
filter-apply = عرض
filter-clear = عرض الكل
filter-problems = { $n ->
    [zero] فُهمت التصفية كلها
    [one] لم يُفهم جزء واحد من التصفية
    [two] لم يُفهم جزآن من التصفية
    [few] لم تُفهم { $shown } أجزاء من التصفية
    [many] لم يُفهم { $shown } جزءاً من التصفية
   *[other] لم يُفهم { $shown } جزء من التصفية
}

## Story
money-show = عرض المبالغ أيضًا بعملة
money-as-printed = (كما وردت فقط)
money-button = عرض
money-note = تُعرض المبالغ أيضًا بعملة { $currency } بأسعار { $date }، يوم صدور الخبر. المصدر: { $source }. النص لم يتغير.
money-lacking = لا سعر لدى { $source } للعملات { $codes } في { $date }؛ تبقى تلك المبالغ كما وردت.
money-unknown = «{ $typed }» ليست عملة؛ اختر واحدة من القائمة.
money-none = لا مبالغ مالية معلَّمة في هذا الخبر.
moved = صدر
place = المكان
version-label = النسخة
correction = { $n ->
    [zero] تصحيح
    [one] تصحيح
    [two] تصحيحان
    [few] تصحيحات
    [many] تصحيحات
   *[other] تصحيحات
}
picture-credit = الصورة: { $credit }
picture-terms = شروط الاستخدام
picture-licence = الحصول على ترخيص
picture-by-machine = من إنتاج برنامج
photo-killed = سُحبت صورة في { $at }: { $reason }
map-label = خريطة المنطقة المحيطة: { $place }، { $coordinates }
map-coordinates = { $latitude }، { $longitude }
map-north = { $degrees }° شمالًا
map-south = { $degrees }° جنوبًا
map-east = { $degrees }° شرقًا
map-west = { $degrees }° غربًا
pictures = { $n ->
    [zero] لا صور
    [one] صورة واحدة
    [two] صورتان
    [few] { $shown } صور
    [many] { $shown } صورة
   *[other] { $shown } صورة
}
sources = المصادر
other-forms = هذا الخبر بصيغ أخرى
form-json = ninjs
form-ninjs2 = ninjs 2.2
form-xml = NewsML-G2
form-nitf = NITF
form-txt = نص
form-md = Markdown
slugline = الرمز
subjects = المواضيع
places = الأماكن
follows = تتمة لـ
followed-by = يتبع في
words = { $n ->
    [zero] بلا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $shown } كلمات
    [many] { $shown } كلمة
   *[other] { $shown } كلمة
}
more-in = المزيد في { $name }
picture-n-of = { $n } من { $total }

## Held and killed stories
withheld-title = هذا الخبر معلَّق
withheld-text = حجبه المحررون مؤقتاً للتحقق من معلومة. إذا عاد فسيعود إلى هذا العنوان، وإذا أُلغي فسيبقى الإشعار هنا.
withheld-since = معلَّق منذ
killed-title = أُلغي هذا الخبر
killed-text = لا يجوز استخدامه. أُزيل نصه من الموقع ومن التغذيات ومن البحث.
killed-at = أُلغي
taken-down-title = حُذف هذا الخبر
taken-down-text = حُذف لسبب قانوني أو شخصي ولا يجوز استخدامه.
taken-down-at = حُذف
reason = السبب

## Search
search-title = البحث
search-title-for = { $query }: بحث
results = { $n ->
    [0] لم يُعثر على شيء
    [zero] لم يُعثر على شيء
    [one] عُثر على خبر واحد
    [two] عُثر على خبرين
    [few] عُثر على { $shown } أخبار
    [many] عُثر على { $shown } خبراً
   *[other] عُثر على { $shown } خبر
}
no-results-help = استخدم كلمات أقل أو كلمات أخرى، أو احذف أحد الرموز.
order = الترتيب
order-newest = الأحدث أولاً
order-relevance = الأقرب أولاً
narrow-in-force = مضيَّق إلى
narrow-clear = البحث في الكل
narrow = تضييق البحث
facet-section = القسم
facet-topic = الموضوع
facet-place = المكان
facet-lang = اللغة
query-problem = تعذرت قراءة عبارة البحث
query-problem-at = عند الحرف { $at }: { $problem }
operators = ما يفهمه البحث
op-phrase = هذه الكلمات بهذا الترتيب
op-near = لا تفصل بينهما أكثر من خمس كلمات، بأي ترتيب
op-not = من دون هذه الكلمة
op-title = في العنوان
op-topic = في هذا الموضوع
op-place = من هذا المكان أو عنه
op-by = بهذا التوقيع
op-lang = بهذه اللغة
op-urgency = بهذه الدرجة من الاستعجال أو أعلى (1 هي الأعلى)
op-corrected = صُحِّح بعد صدوره، وcorrected:no لغيره
op-on = صدر في هذا اليوم
op-after = صدر بعد هذا اليوم
op-before = صدر قبل هذا اليوم

## When something is not there
not-found-title = لا شيء في هذا العنوان
not-found-text = لا توجد في الموقع صفحة بالعنوان { $address }. ربما كُتب خطأ أو اقتُطع منه جزء.
not-found-help = ابحث عن الخبر، أو اختر من آخر الأخبار أدناه.
bad-request-title = تعذرت قراءة هذا العنوان
too-long-title = هذا العنوان طويل جداً
too-long-text = أقصى طول للعنوان { $limit } بايت، وهذا أطول. اختصر عبارة البحث أو التصفية.
failure-title = تعذر عرض هذه الصفحة الآن
failure-text = الخطأ من جانبنا وقد سُجّل. حاول بعد دقيقة، وقد تكون الأخبار أدناه متاحة.
bad-day = { $text } ليس يوماً في التقويم. اكتب السنة والشهر واليوم، مثل /2017/03/20.

## Live lists (in attributes, used by the script that follows the wire)
live-new = { $n ->
    [zero] لا جديد
    [one] خبر جديد
    [two] خبران جديدان
    [few] { $shown } أخبار جديدة
    [many] { $shown } خبراً جديداً
   *[other] { $shown } خبر جديد
}
live-pause = إيقاف التحديث
live-resume = استئناف التحديث
live-reload = أعد التحميل لرؤية الأحدث

## Sections a service usually has; any other is shown by its slug
section-news = أخبار
section-world = العالم
section-politics = سياسة
section-economy = اقتصاد
section-markets = أسواق
section-business = أعمال
section-science = علوم
section-technology = تكنولوجيا
section-society = مجتمع
section-culture = ثقافة
section-sport = رياضة
section-sports = رياضة
section-environment = بيئة
section-health = صحة
section-defense = دفاع
section-emergencies = طوارئ
section-space = فضاء
section-energy = طاقة
section-agency = الوكالة

## More lines, by the page that says them
byline = بقلم
local-time = التوقيت المحلي
there = هناك: { $time }
previous-page = الصفحة السابقة
next-page = الصفحة التالية
results-pages = صفحات النتائج
bad-cursor = يرد في العنوان { $parameter }={ $value } وهو ليس رقماً من أرقام البث. احذفه لترى آخر الأخبار.
read-only = هذه الصفحة للقراءة فقط. افتحها بطريقة GET.
filter-unknown = { $parameter }={ $value }: لا يوجد معيار بهذا الاسم. احذفه أو استخدم أحد هذه: topic وdossier وsection وplace وby وlang وtype وsource وurgency وq وmute وuntil وshow.
filter-too-many = ابتداءً من { $parameter }={ $value } صارت التصفية أطول مما يُقبل فتُرك الباقي. اختصرها.
filter-bad-urgency = { $parameter }={ $value }: درجة الاستعجال رقم من 1 (الأعلى) إلى 9.
filter-bad-date = { $parameter }={ $value } ليس تاريخاً. اكتبه هكذا: 2026-12-31.
filter-bad-lang = { $parameter }={ $value } ليس رمز لغة. اكتب en أو ru أو ja أو ar.
filter-bad-show = { $parameter }={ $value } قيمة غير معروفة. استخدم hide أو collapse.
filter-bad-type = { $parameter }={ $value } قيمة غير معروفة. استخدم text أو picture أو graphic أو video أو audio أو composite.
filter-bad-value = { $parameter }={ $value } تتعذر قراءته. يلزم حرف أو رقم واحد على الأقل و200 حرف على الأكثر.
query-empty = لا شيء للبحث عنه. اكتب كلمة واحدة على الأقل.
query-too-long = عبارة البحث طويلة جداً. اختصرها.
query-too-many = الكلمات والرموز كثيرة جداً. احذف بعضها.
query-too-deep = الأقواس المتداخلة كثيرة جداً. احذف بعضها.
query-open-quote = علامة الاقتباس غير مغلقة. أغلقها أو احذفها.
query-empty-quote = لا كلمة بين علامتي الاقتباس. اكتب كلمة أو احذفهما.
query-parenthesis = القوس بلا مقابل. أضف مقابله أو احذفه.
query-empty-parentheses = لا شيء بين القوسين. اكتب كلمة أو احذفهما.
query-missing-operand = يلزم كلمة بجانب «{ $found }». أضفها أو احذف الرمز.
query-missing-value = يلزم كلمة بعد النقطتين في «{ $found }». أضفها أو احذفه.
query-unknown-field = لا يوجد حقل باسم «{ $found }». الحقول هي title وsection وtopic وdossier وplace وby وlang وtype وsource وurgency وcorrected وon وafter وbefore.
query-bad-date = «{ $found }» ليس تاريخاً. اكتبه هكذا: 2017-03-20 أو 2017-03 أو 2017.
query-bad-urgency = «{ $found }» ليس درجة استعجال. اكتب رقماً من 1 إلى 9.
query-bad-distance = «{ $found }» ليس مسافة. اكتب near/5 بين كلمتين، والرقم من 1 إلى 50.
query-bad-neighbour = لا يمكن أن يقع «{ $found }» بجانب near/5. ضع كلمة أو عبارة على كل جانب، وtitle: قبلهما معاً أو من دونها.
query-bad-yes-no = «{ $found }» ليس yes ولا no. اكتب corrected:yes أو corrected:no.
query-unreadable = «{ $found }» غير مفهوم هنا. احذفه.

## Feeds
feed-description = أحدث ما في هذه القائمة من { $agency }.

## Exchange rates
bad-parameter = يذكر العنوان { $parameter }={ $value }، وهذا لا يُقرأ. أصلحه أو احذفه.
convert = حوّل
convert-label = محوّل العملات
amount = المبلغ
from = من
to = إلى
on-day = بتاريخ
read-as = قُرئ على أنه { $amount }.
read-otherwise = اقرأه على أنه { $amount }
swap = اعكس
history = السجل
usual-amounts = مبالغ معتادة
calculated = طريقة الحساب
source = المصدر
disclaimer-ecb = للعلم فقط: ينصح البنك بشدة بعدم استخدام هذه الأسعار في المعاملات.
disclaimer = للعلم فقط، وليس للمعاملات.
why-published = السعر هو سعر { $observed } كما حدده البنك ({ $bank }) في ذلك اليوم.
why-in-force = في { $requested } السعر الساري هو المؤرخ { $observed }.
why-weekend = صادف { $requested } عطلة نهاية الأسبوع ولا تُحدد فيها أسعار؛ والسعر هو سعر { $observed }.
why-holiday = كان { $requested } عطلة للبنك؛ والسعر هو سعر { $observed }.
why-not-yet = لم تصدر أسعار { $requested } بعد، وهي متوقعة في { $next }. وحتى ذلك الحين فالسعر هو سعر { $observed }.
why-carried = لا تُعرف أسعار ليوم { $requested }؛ والسعر هو سعر { $observed }.
why-latest = أحدث سعر معروف هنا هو سعر { $observed }.
why-identity = إنها العملة نفسها.
why-irrevocable = ثُبّت السعر نهائياً في { $observed } حين حلّ اليورو محل العملة.
why-peg = السعر مثبت قانوناً ولا يُنشر سعر سوق. وهو سارٍ منذ { $observed } أو قبل ذلك.
step-quoted = من { $from } إلى { $to }: { $printed } ({ $day })
step-irrevocable = من { $from } إلى { $to }: { $printed }، نهائياً منذ { $day }
step-peg = من { $from } إلى { $to }: { $printed }، ربط منذ { $day } أو قبله
amount-empty = لا يوجد مبلغ. أدخل رقماً مثل 1234.56.
amount-unreadable = «{ $typed }» ليس مبلغاً. اكتبه مثل 1234.56 أو 1,234.56 أو 1 234,56.
amount-negative = «{ $typed }» أقل من الصفر. أدخله بلا إشارة واعكس العملتين.
amount-too-long = «{ $typed }» طويل جداً. المبلغ لا يتجاوز 40 رقماً.
no-rate-unknown = { $code } ليس رمزاً في ISO 4217. اختر عملة من القائمة.
no-rate-not-yet = بدأت { $code } في { $day }. اختر ذلك اليوم أو بعده.
no-rate-gone = استُبدلت { $code } في { $day }. استخدم { $next }، وحلّت الواحدة منها محل { $number } { $code }.
no-rate-ended = انتهت { $code } قبل { $day }. اختر يوماً أسبق.
no-rate-future = { $day } في المستقبل، واليوم { $today }. اترك التاريخ فارغاً لأحدث سعر.
no-rate-before = { $day } قبل أول الأسعار وهي ليوم { $first }. اختر يوماً لاحقاً.
no-rate-not-quoted = لا ينشر { $bank } سعر { $code }. اختر عملة أخرى أو مصدراً آخر.
no-rate-not-quoted-then = لا يوجد لدى { $bank } سعر { $code } في { $day }؛ كان متاحاً من { $first } إلى { $last }. اختر يوماً بينهما.
no-rate-near = لا تُعرف هنا أسعار { $bank } ليوم { $day } ولا للأسبوعين السابقين. اترك التاريخ فارغاً لأحدث سعر.
no-rate-range = لا يمكن عرض الأيام من { $first } إلى { $last } معاً. اختر مدة أقصر واليوم الأسبق أولاً.
rates = أسعار الصرف
rates-title = أسعار الصرف: { $bank }
rates-description = أسعار { $bank } وتغيرها منذ التحديد السابق.
rates-observed = بتاريخ { $day }
rates-in-force = سارية منذ { $day }
rates-per-base = عدد وحدات كل عملة مقابل 1 { $base }.
rates-in-base = مقدار { $base } مقابل وحدات كل عملة.
rates-feed-description = أسعار الصرف فور تحديدها، من { $agency }.
currency = العملة
currency-name = الاسم
units = الوحدات
rate = السعر
change = تغير القيمة
change-since = التغير هو تغير قيمة الوحدة منذ { $day }.
show-day = اعرض
gram = غ
strip-of = { $bank }، { $day }
history-title = { $base } مقابل { $code }
range = المدة
range-1m = شهر
range-3m = 3 أشهر
range-1y = سنة
range-5y = 5 سنوات
range-10y = 10 سنوات
range-all = الكل
no-rates-in-range = لا توجد أسعار لهذا الزوج في هذه المدة. اختر مدة أطول أو عملة أخرى.
data-table = الأسعار في جدول
day-column = اليوم
rate-last = الأحدث
rate-least = الأدنى
rate-greatest = الأعلى
against = مقابل واحدة من
compare = قارن مع
rates-count = { $n ->
    [zero] لا أسعار
    [one] سعر واحد
    [two] سعران
    [few] { $shown } أسعار
    [many] { $shown } سعراً
   *[other] { $shown } سعر
}
table-shortened = { $n ->
    [zero] لا أيام؛ الكل في CSV.
    [one] اختيار منتظم من يوم واحد؛ والكل في CSV.
    [two] اختيار منتظم من يومين؛ والكل في CSV.
    [few] اختيار منتظم من { $shown } أيام؛ والكل في CSV.
    [many] اختيار منتظم من { $shown } يوماً؛ والكل في CSV.
   *[other] اختيار منتظم من { $shown } يوم؛ والكل في CSV.
}

## Names of currencies; any other is named as ISO 4217 does, in English
currency-aud = دولار أسترالي
currency-brl = ريال برازيلي
currency-cad = دولار كندي
currency-chf = فرنك سويسري
currency-cny = يوان صيني
currency-czk = كورونا تشيكية
currency-dkk = كرونة دنماركية
currency-eur = يورو
currency-gbp = جنيه إسترليني
currency-hkd = دولار هونغ كونغ
currency-huf = فورنت مجري
currency-idr = روبية إندونيسية
currency-ils = شيكل إسرائيلي
currency-inr = روبية هندية
currency-isk = كرونا آيسلندية
currency-jpy = ين ياباني
currency-krw = وون كوري جنوبي
currency-mxn = بيزو مكسيكي
currency-myr = رينغيت ماليزي
currency-nok = كرونة نرويجية
currency-nzd = دولار نيوزيلندي
currency-php = بيزو فلبيني
currency-pln = زلوتي بولندي
currency-ron = ليو روماني
currency-rub = روبل روسي
currency-sar = ريال سعودي
currency-sek = كرونة سويدية
currency-sgd = دولار سنغافوري
currency-thb = بات تايلندي
currency-try = ليرة تركية
currency-uah = هريفنيا أوكرانية
currency-usd = دولار أمريكي
currency-zar = راند جنوب أفريقي
currency-aed = درهم إماراتي
currency-egp = جنيه مصري
currency-kzt = تنغي كازاخستاني

## الإصدارات واللحظات وسجل التصويبات
versions = الإصدارات
version-n = الإصدار { $version }
compare-with = ما تغيّر منذ الإصدار { $version }
diff-title = الإصدار { $from } والإصدار { $to }
diff-same = العنوان والمقدمة والنص متطابقة كلمة بكلمة.
past-version = الإصدار { $version } كما صدر في { $time }.
past-latest = الخبر كما هو الآن
past-list = هذه هي القائمة كما كانت في { $time }.
past-now = عرضها كما هي الآن
not-kept = لم يُحفظ ما قيل حينها، لأن الخبر سُحب لبعض الوقت.
to-notice = خبر مسحوب
refiled = أعيد إصداره
repeated = تكرار
released = أُفرج عنه
corrections = التصويبات
corrections-text = كل تصويب وتعليق وإفراج وإلغاء في هذه الخدمة مع سببه، الأحدث أولاً.
empty-register = لم يُصوَّب شيء ولم يُسحب شيء.
bad-moment = في العنوان at={ $value } وهذه ليست لحظة زمنية. اكتبها مثل 2026-11-25T21:00:00Z.
future-moment = في العنوان at={ $value } وهذا وقت لم يأتِ بعد. احذفه لترى الأحدث.
not-yet-moved = لم يكن هذا الخبر قد صدر في { $time }.
no-such-version = لا يوجد هنا إصدار { $version } من هذا الخبر، أو لم يُحفظ منه شيء.

## ما تقوله الوكالة عن نفسها
about = عن { $agency }
for-machines = للبرامج
policy-principles = المبادئ
policy-corrections = كيف نصوّب
policy-ethics = الأخلاقيات
policy-verification = كيف نتحقق
policy-unnamed-sources = مصادر لا تُسمّى
policy-diversity = لمن نُصغي
policy-masthead = هيئة التحرير
policy-ownership = الملكية والتمويل
policy-feedback = كيف تصل إلينا
policy-mission = ما الذي نغطيه

## Dossiers
dossier-open = مفتوح
dossier-dormant = بلا جديد
dossier-closed = مغلق
dossier-began = بدأ في { $date }
dossier-part-of = جزء من ملف
dossier-parts = أجزاء الملف
dossier-related = ملفات ذات صلة
dossier-split-from = فُصل عن ملف
dossier-split-off = فُصل عنه ملف
dossier-absorbed = في { $date } ضُم الملف «{ $name }» إلى هذا الملف: { $reason }
dossier-merged = يستمر الملف «{ $name }» في الملف «{ $into }»
dossier-versions-title = أوصاف الملف «{ $name }»
dossier-same-text = العنوان والملخص كما كانا.
key-events = أهم الأحداث
timeline = التسلسل الزمني
people = أشخاص
places-map = خريطة: { $places }
summary-of = ملخص { $time }
since-title = منذ زيارتك السابقة
since-nothing = لم يحدث شيء.
since-new = { $n ->
    [zero] لا أخبار جديدة
    [one] خبر جديد واحد
    [two] خبران جديدان
    [few] { $shown } أخبار جديدة
    [many] { $shown } خبرًا جديدًا
   *[other] { $shown } خبر جديد
}
since-updated = { $n ->
    [zero] لا تحديثات
    [one] تحديث واحد
    [two] تحديثان
    [few] { $shown } تحديثات
    [many] { $shown } تحديثًا
   *[other] { $shown } تحديث
}
since-corrected = { $n ->
    [zero] لا تصويبات
    [one] تصويب واحد
    [two] تصويبان
    [few] { $shown } تصويبات
    [many] { $shown } تصويبًا
   *[other] { $shown } تصويب
}
since-withdrawn = { $n ->
    [zero] لم يُسحب شيء
    [one] خبر مسحوب واحد
    [two] خبران مسحوبان
    [few] { $shown } أخبار مسحوبة
    [many] { $shown } خبرًا مسحوبًا
   *[other] { $shown } خبر مسحوب
}
since-summary = أُعيدت كتابة الملخص
since-keep = احفظ هذا العنوان: يعرض الجديد من الآن فصاعدًا
since-remember = تذكّر على هذا الجهاز أين وصلت في القراءة
since-forget = توقّف عن التذكّر
since-visit = الجديد منذ زيارتك السابقة

## More about a story
new = جديد
reading-time = { $n ->
    [zero] أقل من دقيقة للقراءة
    [one] دقيقة واحدة للقراءة
    [two] دقيقتان للقراءة
    [few] { $shown } دقائق للقراءة
    [many] { $shown } دقيقة للقراءة
   *[other] { $shown } دقيقة للقراءة
}
contents = في هذا الخبر
share = مشاركة
short-address = العنوان القصير
by-mail = بالبريد
copy-address = نسخ العنوان
cite = الاستشهاد
cite-title = كيفية الاستشهاد بهذا الخبر
cite-text = يبقى عنوان النسخة صالحًا مهما صار إليه الخبر.
cite-bib = ملف BibTeX
## Finding and choosing
filter-title = اصنع تصفيتك
filter-intro = اختر ما يهمّك. التصفية عنوان يمكن فتحه ومشاركته والاشتراك فيه، ولا حاجة إلى حساب.
filter-choices = كل الخيارات مع الأعداد
filter-keeps = يُبقي { $kept } من { $of }
filter-counted = { $n ->
    [zero] لا أخبار اليوم: { $day }.
    [one] الأعداد من خبر واحد صدر اليوم: { $day }.
    [two] الأعداد من خبرين صدرا اليوم: { $day }.
    [few] الأعداد من { $shown } أخبار صدرت اليوم: { $day }.
    [many] الأعداد من { $shown } خبراً صدر اليوم: { $day }.
   *[other] الأعداد من { $shown } خبر صدر اليوم: { $day }.
}
filter-counted-newest = { $n ->
    [zero] لم يصدر شيء بعد.
    [one] لم يصدر اليوم شيء بعد. الأعداد من خبر واحد في آخر يوم: { $day }.
    [two] لم يصدر اليوم شيء بعد. الأعداد من خبرين في آخر يوم: { $day }.
    [few] لم يصدر اليوم شيء بعد. الأعداد من { $shown } أخبار في آخر يوم: { $day }.
    [many] لم يصدر اليوم شيء بعد. الأعداد من { $shown } خبراً في آخر يوم: { $day }.
   *[other] لم يصدر اليوم شيء بعد. الأعداد من { $shown } خبر في آخر يوم: { $day }.
}
filter-in-force = الشروط السارية
filter-numbers = بجانب كل خيار: عدد ما يُبقيه / عدد ما يُخفيه، مع سائر ما اخترت.
filter-choice = يُبقي { $kept } ويُخفي { $hidden }
filter-more = { $n ->
    [zero] لا مزيد
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $shown } أخرى
    [many] { $shown } أخرى
   *[other] { $shown } أخرى
}
filter-by-words = بالكلمات
filter-mute-about = كلمات أو عبارات بين علامتي اقتباس ""، تفصل بينها فواصل؛ 200 حرف لكل منها على الأكثر.
filter-until = حتى (آخر يوم)
filter-ended = انتهى استبعاد الكلمات في { $day }، وعادت أخبارها إلى الظهور.
filter-leave-out = استبعاد أقسام أو موضوعات أو لغات
filter-count = عُدّ
filter-show-all = عرض هذه الأخبار
filter-start-over = البدء من جديد
filter-stream = بث الأحداث
subscribe = اشتراك
filter-word-keeps = { $n ->
    [zero] «{ $words }»: لا أخبار
    [one] «{ $words }»: خبر واحد
    [two] «{ $words }»: خبران
    [few] «{ $words }»: { $shown } أخبار
    [many] «{ $words }»: { $shown } خبراً
   *[other] «{ $words }»: { $shown } خبر
}
filter-word-hides = { $n ->
    [zero] «{ $words }» لا تُخفي شيئاً
    [one] «{ $words }» تُخفي خبراً واحداً
    [two] «{ $words }» تُخفي خبرين
    [few] «{ $words }» تُخفي { $shown } أخبار
    [many] «{ $words }» تُخفي { $shown } خبراً
   *[other] «{ $words }» تُخفي { $shown } خبر
}
filter-too-long = { $parameter }={ $value } أطول من اللازم: { $most } حرف على الأكثر. اختصره.
filter-bad-words = { $parameter }={ $value } لا يمكن فهمه ولا يجد شيئاً. { $problem }
facet-dossier = ملف
facet-by = الكاتب
facet-type = النوع
facet-source = المصدر
facet-month = بحسب الشهر
facet-year = بحسب السنة
type-text = نص
type-picture = صورة
type-graphic = رسم
type-video = فيديو
type-audio = صوت
type-composite = حزمة
type-event = حدث
type-planning = تغطية مخططة
keep-here = احفظها على هذا الجهاز
keep-forget = انسها
keep-use = استخدم تصفيتي
keep-none = لا شيء محفوظ على هذا الجهاز.
keep-kept = محفوظ في هذا المتصفح وحده: {"{filter}"}
today = اليوم
today-title = اليوم: { $day }
edition = نشرة اليوم
edition-of = نشرة { $day }
edition-to-end = إلى النهاية
edition-end-label = نهاية النشرة
edition-end = { $n ->
    [zero] لا أخبار في { $day }.
    [one] قرأت كل شيء: خبر واحد في { $day }.
    [two] قرأت كل شيء: خبران في { $day }.
    [few] قرأت كل شيء: { $shown } أخبار في { $day }.
    [many] قرأت كل شيء: { $shown } خبراً في { $day }.
   *[other] قرأت كل شيء: { $shown } خبر في { $day }.
}
edition-end-of = { $n ->
    [zero] قرأت النشرة كلها: { $part }، { $day }.
    [one] قرأت النشرة كلها: { $part } من خبر واحد في { $day }.
    [two] قرأت النشرة كلها: { $part } من خبرين في { $day }.
    [few] قرأت النشرة كلها: { $part } من { $shown } أخبار في { $day }.
    [many] قرأت النشرة كلها: { $part } من { $shown } خبراً في { $day }.
   *[other] قرأت النشرة كلها: { $part } من { $shown } خبر في { $day }.
}
edition-more = { $n ->
    [zero] لا أخبار أخرى
    [one] خبر آخر
    [two] خبران آخران
    [few] { $shown } أخبار أخرى
    [many] { $shown } خبراً آخر
   *[other] { $shown } خبر آخر
}
edition-whole-day = كل أخبار هذا اليوم
important = أهم أخبار اليوم
in-pictures = بالصور
suggestions = { $n ->
    [zero] لا اقتراحات
    [one] اقتراح واحد
    [two] اقتراحان
    [few] { $shown } اقتراحات
    [many] { $shown } اقتراحاً
   *[other] { $shown } اقتراح
}
suggestions-label = اقتراحات
narrow-remove = إزالة: { $name }
moved-after = بعد { $time }
moved-before = قبل { $time }
search-saved = احفظ هذا البحث
search-saved-about = يُحفظ البحث بالاشتراك فيه: تصلك الأخبار الجديدة وحدها.
search-as-filter = استخدمه تصفيةً

## وسائل الإعلام الأخرى والشركاء
press = في وسائل إعلام أخرى
press-title = في وسائل إعلام أخرى: { $name }
press-text = ما تنشره وسائل إعلام أخرى عن هذا الخبر، مأخوذ من مصادر اختارها المحررون. العناوين عناوينها.
press-reports = { $n ->
    [zero] لا تقارير في وسائل إعلام أخرى
    [one] تقرير واحد في وسائل إعلام أخرى
    [two] تقريران في وسائل إعلام أخرى
    [few] { $shown } تقارير في وسائل إعلام أخرى
    [many] { $shown } تقريراً في وسائل إعلام أخرى
   *[other] { $shown } تقرير في وسائل إعلام أخرى
}
press-empty = لم يُعثر على شيء بعد.
press-same = الخبر نفسه
press-background = خلفية
press-differs = أوجه الاختلاف
press-paywall = اشتراك مدفوع
press-by-machine = طابقه البرنامج.
press-by-editor = أكده محرر.
press-why = لماذا يظهر هذا هنا؟
press-score = احتمال أن يكون الخبر واحداً: { $percent }٪.
press-names = أسماء
press-places = أماكن
press-numbers = أرقام
press-words = كلمات
press-number = رقم
press-name = اسم
press-date = تاريخ
press-here = عندنا
press-first = أول من أورد الخبر
press-first-elsewhere = أول تقرير لدى غيرنا
press-sources = وسائل الإعلام التي نتابعها
press-sources-text = تظهر تقارير هذه الوسائل إلى جانب أخبارنا: العنوان والوقت ورابط مباشر بلا وسيط.
press-sources-empty = لا نتابع أي وسيلة إعلام بهذه اللغة.
press-removal = الوسيلة التي لا ترغب في الظهور هنا تكتب إلينا فتختفي من كل الصفحات:
press-any-language = كل اللغات
press-licence = الترخيص
press-licence-headline = العنوان ورابط
press-licence-summary = العنوان والملخص ورابط
press-licence-full = النص كاملاً
press-terms = الشروط
partner = شريك
partners = شركاء
partners-text = يعرض الشركاء عناويننا ونعرض عناوينهم بموجب اتفاق، ولا تختلط بالأخبار أبداً.
partners-empty = لا اتفاق سارياً.
partner-latest = ما ينشره الشركاء
partner-given = ما أعطيناه
partner-taken = ما أخذناه
partner-headlines = { $n ->
    [zero] لا عناوين
    [one] عنوان واحد
    [two] عنوانان
    [few] { $shown } عناوين
    [many] { $shown } عنواناً
   *[other] { $shown } عنوان
}
partner-topics = المواضيع
partner-languages = اللغات
partner-all = الكل
partner-per-day = الحد اليومي
partner-embargo = لهم وحدهم أولاً
partner-since = منذ
partner-until = حتى
minutes = { $n ->
    [zero] لا دقائق
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $shown } دقائق
    [many] { $shown } دقيقة
   *[other] { $shown } دقيقة
}
language-ar = العربية
language-de = الألمانية
language-en = الإنجليزية
language-es = الإسبانية
language-fr = الفرنسية
language-it = الإيطالية
language-ja = اليابانية
language-ko = الكورية
language-pt = البرتغالية
language-ru = الروسية
language-tr = التركية
language-uk = الأوكرانية
language-zh = الصينية
