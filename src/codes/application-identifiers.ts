/**
 * The application identifiers of GS1 that goods, prices, payments and coupons carry, and what their values are made
 * of. Left out are those of transport (43nn, 7041), of certificates and processors (703n, 723n), of trials and patients
 * (724n, 725n), and the withdrawn coupon codes (8100–8102), which no till sees; an identifier that is not here is
 * refused, for without its length nothing after it can be read. Source: GS1 General Specifications, 3.2, and the GS1
 * Barcode Syntax Dictionary.
 */

/**
 * One stretch of a value: `n6` six digits, `x..20` up to twenty characters; `[…]` may be missing. Of the letters, n is
 * a digit, x one of the 82 characters of GS1, y one of 39, z one of 64 or the sign of equality that pads them.
 */
export type ValueForm = string;

export type Meaning =
  | { readonly kind: 'text' }
  /** Digits whose check digit stands at the end of the first `digits`. */
  | { readonly kind: 'key'; readonly digits: number }
  /** The day 00 stands for the month, but not where the day is `needsDay`. */
  | { readonly kind: 'date'; readonly needsDay: boolean }
  /** A date and hours, and minutes and seconds where they are given; in (7011) a date alone will do. */
  | { readonly kind: 'time' }
  /** A date, or two of them. */
  | { readonly kind: 'period' }
  | { readonly kind: 'count' }
  | { readonly kind: 'measure'; readonly unit: string }
  /** Money in the currency of the place, or after three digits of ISO 4217; the last digit of the AI counts decimals. */
  | { readonly kind: 'money'; readonly hasCurrency: boolean }
  | { readonly kind: 'percent' };

export interface ApplicationIdentifier {
  readonly ai: string;
  readonly title: string;
  readonly form: ValueForm;
  readonly meaning: Meaning;
  /** The last digit of an AI of four that says how many decimals the value has; else 0. */
  readonly decimals: number;
}

const TEXT: Meaning = { kind: 'text' };
const DATE: Meaning = { kind: 'date', needsDay: false };
const DAY: Meaning = { kind: 'date', needsDay: true };
const TIME: Meaning = { kind: 'time' };
const PERIOD: Meaning = { kind: 'period' };
const COUNT: Meaning = { kind: 'count' };
const key = (digits: number): Meaning => ({ kind: 'key', digits });

type Row = readonly [ai: string, title: string, form: ValueForm, meaning: Meaning];

/** One to five countries of three digits. */
const COUNTRIES: ValueForm = 'n3[n3][n3][n3][n3]';

const PLAIN: readonly Row[] = [
  ['00', 'SSCC', 'n18', key(18)],
  ['01', 'GTIN', 'n14', key(14)],
  ['02', 'CONTENT', 'n14', key(14)],
  ['03', 'MTO GTIN', 'n14', key(14)],
  ['10', 'BATCH/LOT', 'x..20', TEXT],
  ['11', 'PROD DATE', 'n6', DATE],
  ['12', 'DUE DATE', 'n6', DATE],
  ['13', 'PACK DATE', 'n6', DATE],
  ['15', 'BEST BEFORE', 'n6', DATE],
  ['16', 'SELL BY', 'n6', DATE],
  ['17', 'USE BY', 'n6', DATE],
  ['20', 'VARIANT', 'n2', TEXT],
  ['21', 'SERIAL', 'x..20', TEXT],
  ['22', 'CPV', 'x..20', TEXT],
  ['235', 'TPX', 'x..28', TEXT],
  ['240', 'ADDITIONAL ID', 'x..30', TEXT],
  ['241', 'CUST. PART No.', 'x..30', TEXT],
  ['242', 'MTO VARIANT', 'n..6', TEXT],
  ['243', 'PCN', 'x..20', TEXT],
  ['250', 'SECONDARY SERIAL', 'x..30', TEXT],
  ['251', 'REF. TO SOURCE', 'x..30', TEXT],
  ['253', 'GDTI', 'n13[x..17]', key(13)],
  ['254', 'GLN EXTENSION', 'x..20', TEXT],
  ['255', 'GCN', 'n13[n..12]', key(13)],
  ['30', 'VAR. COUNT', 'n..8', COUNT],
  ['37', 'COUNT', 'n..8', COUNT],
  ['400', 'ORDER NUMBER', 'x..30', TEXT],
  ['401', 'GINC', 'x..30', TEXT],
  ['402', 'GSIN', 'n17', key(17)],
  ['403', 'ROUTE', 'x..30', TEXT],
  ['410', 'SHIP TO LOC', 'n13', key(13)],
  ['411', 'BILL TO', 'n13', key(13)],
  ['412', 'PURCHASE FROM', 'n13', key(13)],
  ['413', 'SHIP FOR LOC', 'n13', key(13)],
  ['414', 'LOC No.', 'n13', key(13)],
  ['415', 'PAY TO', 'n13', key(13)],
  ['416', 'PROD/SERV LOC', 'n13', key(13)],
  ['417', 'PARTY', 'n13', key(13)],
  ['420', 'SHIP TO POST', 'x..20', TEXT],
  ['421', 'SHIP TO POST', 'n3x..9', TEXT],
  ['422', 'ORIGIN', 'n3', TEXT],
  ['423', 'COUNTRY - INITIAL PROCESS', COUNTRIES, TEXT],
  ['424', 'COUNTRY - PROCESS', 'n3', TEXT],
  ['425', 'COUNTRY - DISASSEMBLY', COUNTRIES, TEXT],
  ['426', 'COUNTRY - FULL PROCESS', 'n3', TEXT],
  ['427', 'ORIGIN SUBDIVISION', 'x..3', TEXT],
  ['7001', 'NSN', 'n13', TEXT],
  ['7002', 'MEAT CUT', 'x..30', TEXT],
  ['7003', 'EXPIRY TIME', 'n10', TIME],
  ['7004', 'ACTIVE POTENCY', 'n..4', TEXT],
  ['7005', 'CATCH AREA', 'x..12', TEXT],
  ['7006', 'FIRST FREEZE DATE', 'n6', DAY],
  ['7007', 'HARVEST DATE', 'n6[n6]', PERIOD],
  ['7008', 'AQUATIC SPECIES', 'x..3', TEXT],
  ['7009', 'FISHING GEAR TYPE', 'x..10', TEXT],
  ['7010', 'PROD METHOD', 'x..2', TEXT],
  ['7011', 'TEST BY DATE', 'n6[n4]', TIME],
  ['7020', 'REFURB LOT', 'x..20', TEXT],
  ['7021', 'FUNC STAT', 'x..20', TEXT],
  ['7022', 'REV STAT', 'x..20', TEXT],
  ['7023', 'GIAI - ASSEMBLY', 'x..30', TEXT],
  ['7040', 'UIC+EXT', 'n1x3', TEXT],
  ['710', 'NHRN PZN', 'x..20', TEXT],
  ['711', 'NHRN CIP', 'x..20', TEXT],
  ['712', 'NHRN CN', 'x..20', TEXT],
  ['713', 'NHRN DRN', 'x..20', TEXT],
  ['714', 'NHRN AIM', 'x..20', TEXT],
  ['715', 'NHRN NDC', 'x..20', TEXT],
  ['716', 'NHRN AIC', 'x..20', TEXT],
  ['717', 'NHRN SRN', 'x..20', TEXT],
  ['8001', 'DIMENSIONS', 'n14', TEXT],
  ['8002', 'CMT No.', 'x..20', TEXT],
  ['8003', 'GRAI', 'n14[x..16]', key(14)],
  ['8004', 'GIAI', 'x..30', TEXT],
  ['8005', 'PRICE PER UNIT', 'n6', TEXT],
  ['8006', 'ITIP', 'n18', key(14)],
  ['8007', 'IBAN', 'x..34', TEXT],
  ['8008', 'PROD TIME', 'n8[n..4]', TIME],
  ['8009', 'OPTSEN', 'x..50', TEXT],
  ['8010', 'CPID', 'y..30', TEXT],
  ['8011', 'CPID SERIAL', 'n..12', TEXT],
  ['8012', 'VERSION', 'x..20', TEXT],
  ['8013', 'GMN', 'x..25', TEXT],
  ['8014', 'MUDI', 'x..25', TEXT],
  ['8017', 'GSRN - PROVIDER', 'n18', key(18)],
  ['8018', 'GSRN - RECIPIENT', 'n18', key(18)],
  ['8019', 'SRIN', 'n..10', TEXT],
  ['8020', 'REF No.', 'x..25', TEXT],
  ['8026', 'ITIP CONTENT', 'n18', key(14)],
  ['8030', 'DIGSIG', 'z..90', TEXT],
  ['8040', 'IMEI', 'n15', TEXT],
  ['8041', 'IMEI2', 'n15', TEXT],
  ['8042', 'ESIM', 'n32', TEXT],
  ['8043', 'PSIM', 'n18[n..2]', TEXT],
  ['8110', 'COUPON', 'n..70', TEXT],
  ['8111', 'POINTS', 'n4', COUNT],
  ['8112', 'PAPERLESS COUPON', 'n..70', TEXT],
  ['8200', 'PRODUCT URL', 'x..70', TEXT],
  ['90', 'INTERNAL', 'x..30', TEXT],
  ...Array.from({ length: 9 }, (_, nth): Row => [`9${nth + 1}`, 'INTERNAL', 'x..90', TEXT]),
];

/** Title and unit of 310n to 369n: six digits, of which the fourth digit of the AI counts the decimals, 0 to 5. */
const MEASURES: readonly (readonly [ai: string, title: string, unit: string])[] = [
  ['310', 'NET WEIGHT', 'kg'],
  ['311', 'LENGTH', 'm'],
  ['312', 'WIDTH', 'm'],
  ['313', 'HEIGHT', 'm'],
  ['314', 'AREA', 'm²'],
  ['315', 'NET VOLUME', 'l'],
  ['316', 'NET VOLUME', 'm³'],
  ['320', 'NET WEIGHT', 'lb'],
  ['321', 'LENGTH', 'in'],
  ['322', 'LENGTH', 'ft'],
  ['323', 'LENGTH', 'yd'],
  ['324', 'WIDTH', 'in'],
  ['325', 'WIDTH', 'ft'],
  ['326', 'WIDTH', 'yd'],
  ['327', 'HEIGHT', 'in'],
  ['328', 'HEIGHT', 'ft'],
  ['329', 'HEIGHT', 'yd'],
  ['330', 'GROSS WEIGHT', 'kg'],
  ['331', 'LENGTH, logistic', 'm'],
  ['332', 'WIDTH, logistic', 'm'],
  ['333', 'HEIGHT, logistic', 'm'],
  ['334', 'AREA, logistic', 'm²'],
  ['335', 'VOLUME, logistic', 'l'],
  ['336', 'VOLUME, logistic', 'm³'],
  ['337', 'KG PER m²', 'kg/m²'],
  ['340', 'GROSS WEIGHT', 'lb'],
  ['341', 'LENGTH, logistic', 'in'],
  ['342', 'LENGTH, logistic', 'ft'],
  ['343', 'LENGTH, logistic', 'yd'],
  ['344', 'WIDTH, logistic', 'in'],
  ['345', 'WIDTH, logistic', 'ft'],
  ['346', 'WIDTH, logistic', 'yd'],
  ['347', 'HEIGHT, logistic', 'in'],
  ['348', 'HEIGHT, logistic', 'ft'],
  ['349', 'HEIGHT, logistic', 'yd'],
  ['350', 'AREA', 'in²'],
  ['351', 'AREA', 'ft²'],
  ['352', 'AREA', 'yd²'],
  ['353', 'AREA, logistic', 'in²'],
  ['354', 'AREA, logistic', 'ft²'],
  ['355', 'AREA, logistic', 'yd²'],
  ['356', 'NET WEIGHT', 'troy oz'],
  ['357', 'NET WEIGHT OR VOLUME', 'oz'],
  ['360', 'NET VOLUME', 'qt'],
  ['361', 'NET VOLUME', 'gal'],
  ['362', 'VOLUME, logistic', 'qt'],
  ['363', 'VOLUME, logistic', 'gal'],
  ['364', 'VOLUME', 'in³'],
  ['365', 'VOLUME', 'ft³'],
  ['366', 'VOLUME', 'yd³'],
  ['367', 'VOLUME, logistic', 'in³'],
  ['368', 'VOLUME, logistic', 'ft³'],
  ['369', 'VOLUME, logistic', 'yd³'],
];

type DecimalRow = readonly [...Row, decimalsMax: number];

const WITH_DECIMALS: readonly DecimalRow[] = [
  ...MEASURES.map(([ai, title, unit]): DecimalRow => [ai, title, 'n6', { kind: 'measure', unit }, 5]),
  ['390', 'AMOUNT', 'n..15', { kind: 'money', hasCurrency: false }, 9],
  ['391', 'AMOUNT', 'n3n..15', { kind: 'money', hasCurrency: true }, 9],
  ['392', 'PRICE', 'n..15', { kind: 'money', hasCurrency: false }, 9],
  ['393', 'PRICE', 'n3n..15', { kind: 'money', hasCurrency: true }, 9],
  ['394', 'PRCNT OFF', 'n4', { kind: 'percent' }, 3],
  ['395', 'PRICE/UoM', 'n6', { kind: 'money', hasCurrency: false }, 5],
];

export const APPLICATION_IDENTIFIERS: ReadonlyMap<string, ApplicationIdentifier> = new Map(
  [
    ...PLAIN.map(([ai, title, form, meaning]) => ({ ai, title, form, meaning, decimals: 0 })),
    ...WITH_DECIMALS.flatMap(([stem, title, form, meaning, decimalsMax]) =>
      Array.from({ length: decimalsMax + 1 }, (_, decimals) => {
        return { ai: `${stem}${decimals}`, title, form, meaning, decimals };
      }),
    ),
  ].map((row) => [row.ai, row]),
);

/** Whole lengths, AI included, that are fixed for good by the first two digits: such a value needs no separator. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
  ...{ '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '20': 4, '41': 16 },
  ...Object.fromEntries(['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((ai) => [ai, 8])),
  ...Object.fromEntries(['31', '32', '33', '34', '35', '36'].map((ai) => [ai, 10])),
};

/** How many characters the value of `ai` has, where that is fixed for good; null where a separator ends it. */
export function fixedValueLength(ai: string): number | null {
  const whole = FIXED_LENGTHS[ai.slice(0, 2)];
  return whole === undefined ? null : whole - ai.length;
}
