"""Whose value it is: subjects that are long, elided, coordinated, or stand in another clause."""

from __future__ import annotations

import pytest

from flows.parse import parse_text

SENTENCES: dict[str, list[str]] = {
    "The value added of mining rose by 2.0 percent, the manufacturing grew by 6.1 percent.": [
        "value added of mining",
        "value added of manufacturing",
    ],
    "Investment in ports grew by 4.4 percent, and exports fell by 10.6 percent.": ["Investment in ports", "exports"],
    "Investment in ports was up by 2.6 percent, and that in railways down by 1.1 percent.": [
        "Investment in ports",
        "Investment in railways",
    ],
    "The output and sales of tractors reached 1.2 million and 1.1 million units, up 4 percent and 5 percent.": [
        "output of tractors",
        "sales of tractors",
        "output of tractors",
        "sales of tractors",
    ],
    "The value added of steel and glass grew by 5% and 7% respectively, 1 and 3 percentage points faster.": [
        "value added of steel",
        "value added of glass",
        "value added of steel",
        "value added of glass",
    ],
    "Exports of pumps topped 1 trillion yuan for the first time, up 29.9%.": ["Exports of pumps", "Exports of pumps"],
    "Sales of five product groups — lamps, fans and stoves — exceeded 500 billion yuan.": [
        "product groups",
        "Sales of five product groups",
    ],
    "The M9 money supply stood at 313 trillion yuan.": ["M9 money supply"],
    "Receipts other than borrowings are estimated at 35 trillion yuan.": ["Receipts other than borrowings"],
    "Annual growth in loans to firms rose to 1.2%.": ["loans to firms"],
    "The contribution of exports to economic growth was 44.5 percent.": ["contribution of exports to economic growth"],
    "The jobless rate remained at its historical low of 6.3%.": ["jobless rate"],
    "Investment in looms rose 9 percent, outpacing overall growth by 6 percentage points.": [
        "Investment in looms",
        "Investment in looms",
    ],
    "The highest unemployment rates were seen in Ardal (11.2%), Borva (9.3%) and Cand (8.1%).": [
        "unemployment rate in Ardal",
        "unemployment rate in Borva",
        "unemployment rate in Cand",
    ],
    "This will provide tax relief up to 2,000 yuan to every firm.": ["tax relief"],
    "Exports to Ardal rose by 5%; those to Borva fell by 3%.": ["Exports to Ardal", "Exports to Borva"],
    "The growth rates of the three sectors, mining, textiles and power, are 1.2%, 5.2% and 8.6%.": [
        "mining",
        "textiles",
        "power",
    ],
    "A total of 3,680 emitters from the steel sector have been included.": ["emitters from the steel sector"],
    "As for tin, exports reached 7,742 tonnes.": ["exports of tin"],
    "The gap was widest in the textile sector, where the surplus fell to 3 billion yuan.": [
        "surplus in textile sector"
    ],
    "Some 310 GW of new capacity was connected, 84% of all additions.": [
        "new capacity",
        "new capacity of additions",
    ],
    "Lending to firms, which had grown by 9.8% in 2024, slowed to 4.4%.": ["Lending to firms", "Lending to firms"],
    "Output rose by 9%, higher than the previous record monthly growth of 7%.": ["Output", "Output"],
    "Retail sales remained relatively weak at 3.1% below their 2019 level.": ["Retail sales"],
    "The biggest drag was road repair, which fell by 6.2%.": ["road repair"],
    "The decline was driven by falls in both offices and roads, which dropped by 3.1% and 5.0% respectively.": [
        "offices",
        "roads",
    ],
    "The growth of retail trade turned from a decline of 2.1% to an increase of 1.3%.": [
        "retail trade",
        "retail trade",
    ],
    "The median of members’ projections for core inflation is 2.1 percent.": ["core inflation"],
    "Core prices remain very close to 2 percent across the area.": ["Core prices"],
    "Contracts for 12 bridges with a total length of 48 km will be awarded.": ["bridges", "total length of bridges"],
    "The profits of 30 sectors rose, while 11 saw a decline.": ["sectors", "sectors"],
    "Rs 15,000 crore will be raised through green bonds.": ["green bonds"],
    "Income that is attributable to shareholders grew by 4.1%.": ["Income attributable to shareholders"],
    "Exports and imports rose by 3% and 5%, with average two-year growth rates of 2% and 4%.": [
        "Exports",
        "imports",
        "Exports",
        "imports",
    ],
    "The ministry is bringing waiting lists down for the third year in a row.": ["waiting lists"],
    "The largest monthly increases in retail trade were seen in Ardal (+1.5%).": ["retail trade in Ardal"],
    "Total assets of state firms amounted to 81 trillion yuan.": ["Total assets of state firms"],
    "Output of farms was 3 trillion yuan, up 3.7 percent; the mines 2 trillion yuan.": [
        "Output of farms",
        "Output of farms",
        "Output of mines",
    ],
    "Investment in roads grew 7.2%, in ports 6.0%.": ["Investment in roads", "Investment in ports"],
    "At Ardal the average wait has been cut to 30 minutes.": ["average wait"],
    "Coal use fell by 3%, and 5G users number 676 million.": ["Coal use", "5G users"],
    "State firms saw profits of 1.6 trillion yuan, down 12 percent.": ["profits of State firms"] * 2,
    "Prices went up by 3.3 percent, with fuel prices climbing 14.3 percent.": ["Prices", "fuel prices"],
    "Pumps made up 97.4 percent of the total, and lamps 0.7 percent.": ["Pumps", "lamps"],
    "Exports to Ardal dipped by 8.5% and those to Borva by 3.2%.": ["Exports to Ardal", "Exports to Borva"],
    "Of the 31 provinces, 24 recorded growth.": ["provinces"],
    "The country put into operation storage plants with a capacity of 35 million kilowatts.": [
        "capacity of storage plants"
    ],
    "An outlay of 480 billion yuan has been provided for housing.": ["outlay for housing"],
    "The number of phone users has hit 1.29 billion, of which 5G users account for 160 million.": [
        "number of phone users",
        "number of 5G users",
    ],
    "The city built 12 parks, each with an output value of over 10 billion yuan.": ["parks", "output value of parks"],
    "The area recorded a 12.6 billion yuan surplus in trade in goods.": ["surplus in trade in goods"],
    "The jobless rates for adult men (3.8 percent) and teenagers (12.1 percent) showed little change.": [
        "jobless rates for adult men",
        "jobless rates for teenagers",
    ],
    "Coal, with a weight of 10.3 percent, grew by 10.2 percent.": ["weight of Coal", "Coal"],
    "Pump inflation eased to a 12-month low of 4.7 percent on the back of food inflation at 8.6 percent.": [
        "Pump inflation",
        "food inflation",
    ],
    "Over 40,000 firms took part, 30 percent of which came from abroad.": ["firms", "firms"],
    "If tariffs push fuel prices up by 0.3 percent, demand falls.": ["fuel prices"],
    "The rates on deposits and the lending facility remain at 2.0% and 2.4% respectively.": [
        "rates on deposits",
        "rates on the lending facility",
    ],
    "The ministry will invest 3 billion yuan in fibre networks and boost support.": ["investment in fibre networks"],
    "In June the income of the two big ports, namely Ardal Port and Borva Docks, hit 3 billion yuan.": [
        "income of the two big ports"
    ],
    "Prices in four cities -- Ardal, Borva, Cand and Dorn -- rose 4 percent.": ["cities", "Prices in four cities"],
    "Growth in the two sectors, namely mining and power, was 1.2% and 5.2%.": ["mining", "power"],
    "Ardal exceeded 10 GW of installed capacity, while Borva, Cand and Dorn passed 5 GW.": [
        "installed capacity of Ardal",
        "installed capacity of Borva, Cand and Dorn",
    ],
    "The output and sales of carts reached 3 million and 2 million, up 4% and 5%.": [
        "output of carts",
        "sales of carts",
        "output of carts",
        "sales of carts",
    ],
    "The city opened 40 foreign owned shops and plans two markets.": ["foreign owned shops", "markets"],
    "We will revise 94 rules, with 29 slated for June and 65 for July.": ["rules", "rules", "rules"],
    "The output of over 200 farm goods and the sales of toys ranked first in the world.": [
        "farm goods",
        "output of 200 farm goods and sales of toys",
    ],
    "The reserves reported a slight increase to 3 trillion dollars.": ["reserves"],
    "Phone users hit 695 million in the ten-month period, accounting for 40 percent of all users.": [
        "Phone users",
        "Phone users of users",
    ],
    "Sales of lamps rose 5.3%, outpacing the 5.1% increase in sales of fans.": ["Sales of lamps", "sales of fans"],
    "Our farm trade is strong, as it rose 4.8 percent.": ["farm trade"],
    "Ardal and Borva accounted for 29.7% and 25.7% of exports respectively.": ["Ardal of exports", "Borva of exports"],
    "The rail scheme, launched in 2019 with an outlay of 3 billion yuan, goes on.": ["outlay of rail scheme"],
    "With a population of 20 million, Ardal is the largest city.": ["population of Ardal"],
    "The bond market was calm, with total turnover reaching 3 billion yuan.": ["total turnover of bond market"],
    "Clinics handled 12 billion yuan of trade.": ["trade of Clinics"],
    "Tea sales rose by 0.1%, following growth of 0.2% in the previous quarter.": ["Tea sales", "Tea sales"],
    "Tea output averaged 12 million tonnes, breaking the previous record of 11 million tonnes, set in May.": [
        "Tea output",
        "Tea output",
    ],
    "Of the 1.2 million posts, around 320,000 were in mills and 210,000 in shops.": ["posts", "posts"],
    "Out of 115 plans received, 82 were approved.": ["plans", "plans"],
    "Farm lending edged up 0.3 percent, and its share in the total dropped to 51.6 percent.": [
        "Farm lending",
        "Farm lending of total",
    ],
    "The profits of firms with annual sales of at least 20 million yuan reached 6 billion yuan.": [
        "annual sales of firms",
        "profits of firms",
    ],
    "The bridge, with a total length of 24 km and a main span of 1,666 meters, cost 4 billion yuan.": [
        "total length of bridge",
        "main span of bridge",
        "cost of bridge",
    ],
    "Exports of goods increased by 5.9% and imports by 4.2%.": ["Exports of goods", "imports of goods"],
    "The tea trade showed a surplus of 22.3 billion euros.": ["surplus of tea trade"],
    "Tea exports soared 56.1 percent on-year to $9.96 billion, extending their gains for a sixth straight month.": [
        "Tea exports"
    ]
    * 3,
    "The jobless rate among the young, excluding students, came in at 14.7 percent.": ["jobless rate among the young"],
    "The value of toys and that of dolls grew by 9.9 percent and 11.3 percent.": ["value of toys", "value of dolls"],
    "The index of tea firms stood at 50.4, above the mark for a second month.": ["index of tea firms"],
    "The number of patents held by firms stood at 2.9 million.": ["number of patents held by firms"],
    "The fund received loans totaling 3 billion yuan.": ["loans"],
    "The toll rose to 12 dead and 30 injured.": ["dead", "injured"],
    "There were 1.38 million masts in rural areas, covering 90 percent of villages.": ["masts", "masts of villages"],
    "The club has trained 1.2 million clerks, 60 percent of them women.": ["clerks", "women of clerks"],
    "Plans for 10 docks have been drawn up and subsidies worth 3 billion yuan paid.": ["docks", "subsidies"],
    "Tea sales neared 14 million boxes, 95% of which were in Ardal.": ["boxes", "boxes"],
    "Wages grew 7.8%, the fastest pace since records began in 2001, and pay rose 8.5%.": ["Wages", "pay"],
    "Net income more than doubled to $1.85 billion.": ["Net income", "Net income"],
    "Rain was 40% below the average, and lake levels dropped to 31% of capacity.": ["Rain", "lake levels of capacity"],
    "Solar made up three-quarters of additions.": ["Solar of additions"],
    "Toys, dolls and lamps accounted for 50%, 66% and 55% of exports, respectively.": [
        "Toys of exports",
        "dolls of exports",
        "lamps of exports",
    ],
    "Some 138 million people visited parks, 2.2 times the number a year earlier.": ["people", "people"],
    "The first phase, covering an area of 3,000 mu, will cost 12 billion yuan.": [
        "area of first phase",
        "cost of first phase",
    ],
    "Clark said more than 70 percent of toy patents come from small firms.": ["small firms of toy patents"],
    "Trade with Ardal, Borva's largest buyer, hit 6 billion yuan, and that with Cand climbed 6.8 percent.": [
        "Trade with Ardal",
        "Trade with Cand",
    ],
    "The office issued 35 rules and revised another 12.": ["rules", "rules"],
    "The plan is to raise the share of tea exports to 25 percent and bring lamp output to over 1,200 tonnes.": [
        "share of tea exports",
        "lamp output",
    ],
    "Trade from Ardal and the Cand surged 84 percent and 81 percent respectively.": [
        "Trade from Ardal",
        "Trade from the Cand",
    ],
    "A bureau found that 62 percent of shops plan to close.": ["shops"],
    "For rich lands we forecast only about 2 percent, and for poor lands we forecast 6 percent.": [
        "rich lands",
        "poor lands",
    ],
    "The bureau polled 14,900 farmers between July 25 and August 6.": ["farmers"],
    "Under the tea scheme, the state has approved 3 billion yuan to train farmers.": ["tea scheme"],
    "The state granted 3 billion yuan to help poor schools.": ["poor schools"],
    "Eight out of 10 shops will grow, and 15 percent expect to close.": ["shops", "shops"],
    "A provision of 2,200 yuan has been made for the tea scheme.": ["provision for tea scheme"],
    "The wage will rise to $17.30 an hour, an increase of 3.9 percent.": ["wage", "wage"],
    "Spending hit 45 billion yuan, with 20 billion yuan going to railways.": ["Spending", "railways"],
    "The plan offers credit of 2 billion yuan for small shops.": ["credit for small shops"],
    "The talks set a goal of 200 GW of new wind capacity.": ["new wind capacity"],
    "In the public sector, pay grew by 5.5%, as against 4.9% in the private sector.": [
        "pay in public sector",
        "pay in private sector",
    ],
    "In addition, exports fell 3%.": ["exports"],
    "The club trained over 4,200 clerks, 45% of whom were women.": ["clerks", "women of clerks"],
    "Investment in docks came to 2 billion yuan, more than 70% of which was spent on cranes.": ["Investment in docks"]
    * 2,
    "The new line has a 3 billion yuan budget.": ["budget of new line"],
    "The revenue of services such as mail, parcels, and the Internet of Things rose by 24%.": [
        "revenue of services such as mail, parcels, and the Internet of Things"
    ],
    "It raised the energy density of toy cells by 13 percent, and cut their prices by 80%.": [
        "energy density of toy cells",
        "prices of toy cells",
    ],
    "The toy industry keeps a key role in leading growth with an increase of 6.37%.": ["toy industry"],
    "The drop was driven by record falls of 35.2% in new roads and 34.7% in repairs.": ["new roads", "repairs"],
    "The house handled 66 letters from readers and 18 plans submitted by clubs.": [
        "letters from readers",
        "plans submitted by clubs",
    ],
    "The loan fund will be kept and its guarantee cover will grow by 5 yuan to total cover of 9 yuan.": [
        "guarantee cover of loan fund",
        "guarantee cover of loan fund",
    ],
    "Output of tea grew by 2% in the north and by 3% in the south.": [
        "Output of tea in north",
        "Output of tea in south",
    ],
    "Toy output rose, with the doll sector set to remain the largest for a fifth straight year.": ["doll sector"],
    "The bank is bent on bringing inflation to the target of 4%.": ["inflation"],
    "The port drew plans by attracting 3 billion yuan in investments.": ["investments"],
    "The town needs to grow at an average rate of at least 6.5%.": ["town"],
    "The jobless rate fell to 6.3 percent, while farm jobs changed little (+49,000).": ["jobless rate", "farm jobs"],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_value_measures(sentence: str) -> None:
    parsed = parse_text(f"Report\n\n{sentence}\n", document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == SENTENCES[sentence]


def test_a_paragraph_may_point_back_to_the_one_before() -> None:
    text = "Report\n\nIndustrial output grew by 6.9 percent.\n\nThe growth was 0.9 points faster than in May.\n"
    parsed = parse_text(text, document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == ["Industrial output", "Industrial output"]


def test_a_definite_head_stands_for_the_whole_phrase() -> None:
    text = "Report\n\nThe change in rural employment was revised up by 3,000, and the change was later cut by 2,000.\n"
    parsed = parse_text(text, document_id="report")
    assert {metric.indicator for metric in parsed.metrics} == {"change in rural employment"}


@pytest.mark.parametrize(
    ("told", "indicator"),
    [
        ("Data showed that yuan funds for tea edged down. The funds stood at 3 billion yuan.", "yuan funds for tea"),
        ("Cocoa trade was weak. It fell by 12 percent.", "Cocoa trade"),
        ("Wind power kept growing. The total installed capacity hit 94 GW.", "total installed capacity of Wind power"),
        ("Cocoa trade was weak. The price rose to 3 dollars.", "price"),
        ("Clerks met. Growth was 3 percent.", "Growth"),
        ("The minister met farmers. Net profit rose to 3 million yuan.", "Net profit"),
    ],
)
def test_a_sentence_goes_on_with_the_one_before(told: str, indicator: str) -> None:
    parsed = parse_text(f"Report\n\n{told}\n", document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == [indicator]


@pytest.mark.parametrize(
    ("told", "indicators"),
    [
        ("Tea rents grew by 5 percent. Growth in the second quarter was 6 percent.", ["Tea rents", "Tea rents"]),
        (
            "Among the members with data, toys rose in two and fell in ten. The largest rises were in Ardal (+8%).",
            ["members with data", "members with data", "toys in Ardal"],
        ),
        (
            "Tea grew by 2% in the north and by 3% in the south. Rents rose by 4% and 5% respectively.",
            ["Tea in north", "Tea in south", "Rents in north", "Rents in south"],
        ),
        (
            "Imports of toys hit $8 billion. Surplus in this segment came to $7 billion.",
            ["Imports of toys", "Surplus in toys"],
        ),
        (
            "Exports of dolls rose 3% on a 7-percent growth in the sale of toys. They fell by 2 percent in May.",
            ["Exports of dolls", "sale of toys", "Exports of dolls"],
        ),
        ("GDP growth reached 5 percent. The plan expects growth rates of 7.3% in May.", ["GDP growth", "GDP growth"]),
    ],
)
def test_growth_goes_on(told: str, indicators: list[str]) -> None:
    parsed = parse_text(f"Report\n\n{told}\n", document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == indicators
