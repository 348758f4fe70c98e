"""Regions whose public holidays are known: countries, and parts of them that have some of their own.

The holidays library imports all of its 250 countries to list them, so the list stands here; a test compares the two.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

LISTED = """\
AF AFG; AX ALA; AL ALB; DZ DZA; AS ASM; AD AND: 02, 03, 04, 05, 06, 07, 08; AO AGO; AI AIA; AQ ATA; AG ATG; AR ARG: A,
B, C, D, E, F, G, H, J, K, L, M, N, P, Q, R, S, T, U, V, W, X, Y, Z; AM ARM: AG, AR, AV, ER, GR, KT, LO, SH, SU, TV,
VD; AW ABW; AU AUS: ACT, NSW, NT, QLD, SA, TAS, VIC, WA, NSW Western; AT AUT: 1, 2, 3, 4, 5, 6, 7, 8, 9; AZ AZE; BS
BHS; BH BAH; BD BGD; BB BRB; BY BLR; BE BEL: Flemish, French, German; BZ BLZ; BJ BEN; BM BMU; BT BTN: 11, 12, 13, 14,
15, 21, 22, 23, 24, 31, 32, 33, 34, 41, 42, 43, 44, 45, GA, TY; BO BOL: B, C, H, L, N, O, P, S, T; BQ BES: BON, SAB,
STA; BA BIH: BIH, BRC, SRP; BW BWA; BV BVT; BR BRA: AC, AL, AM, AP, BA, CE, DF, ES, GO, MA, MG, MS, MT, PA, PB, PE, PI,
PR, RJ, RN, RO, RR, RS, SC, SE, SP, TO, São Paulo Capital; IO IOT; VG VGB; BN BRN; BG BLG; BF BFA; BI BDI; CV CPV: BR,
BV, CA, CF, CR, MA, MO, PA, PN, PR, RB, RG, RS, SD, SF, SL, SM, SO, SS, SV, TA, TS; KH KHM; CM CMR; CA CAN: AB, BC, MB,
NB, NL, NS, NT, NU, ON, PE, QC, SK, YT; KY CYM; CF CAF; TD TCD; CL CHL: AI, AN, AP, AR, AT, BI, CO, LI, LL, LR, MA, ML,
NB, RM, TA, VS; CN CHN; CX CXR; CC CCK; CO COL; KM COM; CG COG; CK COK; CR CRI; HR HRV; CU CUB; CW CUW; CY CYP; CZ CZE;
DK DNK; DJ DJI; DM DMA; DO DOM; CD COD; EC ECU; EG EGY; JO JOR; SV SLV: AH, CA, CH, CU, LI, MO, PA, SA, SM, SO, SS, SV,
UN, US; GQ GNQ: AN, BN, BS, CS, DJ, KN, LI, WN; ER ERI; EE EST; SZ SZW; ET ETH; FK FLK; FO FRO; FJ FJI; FI FIN: 01, 02,
03, 04, 05, 06, 07, 08, 09, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19; FR FRA: 57, 6AE, 971, 972, 973, 974, 976, BL, MF,
NC, PF, PM, TF, WF, Zone A, Zone B, Zone C; GF GUF; PF PYF; TF ATF; GA GAB; GM GMB; GE GEO; DE DEU: BB, BE, BW, BY, HB,
HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH, Augsburg; GH GHA; GI GIB; GR GRC; GL GRL; GD GRD; GP GLP; GU GUM; GT GUA;
GG GGY; GN GIN; GW GNB; GY GUY; HT HTI; HM HMD; HN HND; HK HKG; HU HUN; IS ISL; IN IND: AN, AP, AR, AS, BR, CG, CH, DH,
DL, GA, GJ, HP, HR, JH, JK, KA, KL, LA, LD, MH, ML, MN, MP, MZ, NL, OD, PB, PY, RJ, SK, TN, TR, TS, UK, UP, WB; ID IDN;
IR IRN; IQ IRQ; IE IRL; IM IMN; IL ISR; IT ITA: AG, AL, AN, AO, AP, AQ, AR, AT, AV, BA, BG, BI, BL, BN, BO, BR, BS, BT,
BZ, CA, CB, CE, CH, CL, CN, CO, CR, CS, CT, CZ, EN, FC, FE, FG, FI, FM, FR, GE, GO, GR, IM, IS, KR, LC, LE, LI, LO, LT,
LU, MB, MC, ME, MI, MN, MO, MS, MT, NA, NO, NU, OR, PA, PC, PD, PE, PG, PI, PN, PO, PR, PT, PU, PV, PZ, RA, RC, RE, RG,
RI, RM, RN, RO, SA, SI, SO, SP, SR, SS, SU, SV, TA, TE, TN, TO, TP, TR, TS, TV, UD, VA, VB, VC, VE, VI, VR, VT, VV,
Andria, Barletta, Cesena, Forli, Pesaro, Trani, Urbino; CI CIV; JM JAM; JP JPN; JE JEY; KZ KAZ; KE KEN; KI KIR; XK XKK;
KW KWT; KG KGZ; LA LAO; LV LVA; LB LBN; LS LSO; LR LBR; LY LBY; LI LIE; LT LTU; LU LUX; MO MAC: I, M; MG MDG; MW MWI;
MY MYS: 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12, 13, 14, 15, 16; MV MDV; ML MLI; MT MLT; MH MHL; MQ MTQ; MR MRT;
MU MUS; YT MYT; MX MEX; FM FSM: KSA, PNI, TRK, YAP; MD MDA; MC MCO; MN MNG; ME MNE; MS MSR; MA MOR; MZ MOZ; MM MMR; NA
NAM; NR NRU; NP NPL; NL NLD: Midden, Noord, Zuid; NC NCL; NZ NZL: AUK, BOP, CAN, CIT, GIS, HKB, MBH, MWT, NSN, NTL,
OTA, STL, TAS, TKI, WGN, WKO, WTC, South Canterbury; NI NIC: AN, AS, BO, CA, CI, CO, ES, GR, JI, LE, MD, MN, MS, MT,
NS, RI, SJ; NE NER; NG NGA; NU NIU; NF NFK; KP PRK; MK MKD; MP MNP; NO NOR: 03, 11, 15, 18, 21, 22, 31, 32, 33, 34, 39,
40, 42, 46, 50, 55, 56; OM OMN; PK PAK; PW PLW; PS PSE; PA PAN; PG PNG; PY PRY; PE PER; PH PHL; PN PCN; PL POL: 02, 04,
06, 08, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32; PT PRT: 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12, 13, 14,
15, 16, 17, 18, 20, 30; PR PRI; QA QAT; RE REU; RO ROU; RU RUS; RW RWA; BL BLM; SH SHN: AC, HL, TA; KN KNA; LC LCA; MF
MAF; PM SPM; VC VCT; WS WSM; SM SMR; ST STP: 01, 02, 03, 04, 05, 06, P; SA SAU; SN SEN; RS SRB; SC SYC; SL SLE; SG SGP;
SX SXM; SK SVK; SI SVN; SB SLB: CE, CH, CT, GU, IS, MK, ML, RB, TE, WE; SO SOM; ZA ZAF; GS SGS; KR KOR; SS SSD; ES ESP:
AN, AR, AS, CB, CE, CL, CM, CN, CT, EX, GA, IB, MC, MD, ML, NC, PV, RI, VC, Barcelona; LK LKA; SD SDN; SR SUR; SJ SJM;
SE SWE; CH CHE: AG, AI, AR, BE, BL, BS, FR, GE, GL, GR, JU, LU, NE, NW, OW, SG, SH, SO, SZ, TG, TI, UR, VD, VS, ZG, ZH,
Stadt Zurich; SY SYR; TW TWN; TJ TJK; TZ TZA; TH THA; TL TLS; TG TGO; TK TKL; TO TON; TT TTO; TN TUN; TR TUR; TM TKM;
TC TCA; TV TUV: FUN, NIT, NKF, NKL, NMA, NMG, NUI, VAI; UG UGA; UA UKR; AE ARE; GB GBR UK: ENG, NIR, SCT, WLS; UM UMI;
VI VIR; US USA: AK, AL, AR, AS, AZ, CA, CO, CT, DC, DE, FL, GA, GU, HI, IA, ID, IL, IN, KS, KY, LA, MA, MD, ME, MI, MN,
MO, MP, MS, MT, NC, ND, NE, NH, NJ, NM, NV, NY, OH, OK, OR, PA, PR, RI, SC, SD, TN, TX, UM, UT, VA, VI, VT, WA, WI, WV,
WY; UY URY; UZ UZB; VU VTU; VA VAT; VE VEN; VN VNM; WF WLF; EH ESH; YE YEM; ZM ZMB; ZW ZWE
"""
"""Each country by its codes, the usual one first, with its parts."""
_ENTRIES = [entry.partition(": ") for entry in " ".join(LISTED.split()).split("; ")]
COUNTRIES = [codes.split()[0] for codes, _, _ in _ENTRIES]
"""The countries by their usual codes."""
PARTS = {code: parts.split(", ") if parts else [] for codes, _, parts in _ENTRIES for code in codes.split()}
"""The parts of a country by each of its codes."""


def is_region(text: str) -> bool:
    """Tell whether a text is a country, or a country and a part of it: `DE`, `DE-NW`."""
    country, _, part = text.partition("-")
    return country in PARTS and (not part or part in PARTS[country])


def holidays_of(region: str, year: int | None = None, language: str | None = None) -> HolidayBase:
    """Return the public holidays of a region in a year, named in a language, by the holidays library.

    The library finds a country's module by its name, but their package imports all 250 of them (0.1 s and 8 MB): an
    empty package takes its place.
    """
    import holidays  # noqa: PLC0415 - 50 ms, paid on the first use

    package = ModuleType("holidays.countries")
    package.__path__ = [f"{holidays.__path__[0]}/countries"]
    sys.modules.setdefault(package.__name__, package)
    country, _, part = region.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=year, language=language)
