/**
 * The words of the house, one meaning each, used the same in code, API, screens and documents. The page
 * docs/reference/glossary.md is written from this table. `home` is the file that a word lives in; null as long as no
 * code knows it.
 */
export interface GlossaryEntry {
  readonly meaning: string;
  readonly home: string | null;
}

const LAYOUT = 'src/domain/layout.ts';
const RECEIPT = 'src/domain/receipt.ts';
const STORE_LOG = 'src/engine/store-log/store-log.ts';
const VISIT = 'src/domain/visit.ts';

export const GLOSSARY = {
  'API key': {
    meaning: 'What a program comes with: an id, a secret of which a hash is kept, a role and scopes.',
    home: 'src/access/api-key.ts',
  },
  GTIN: {
    meaning: 'The number under which all trade knows a product: 8, 12, 13 or 14 digits, compared as 14.',
    home: 'src/codes/gtin.ts',
  },
  associate: { meaning: 'A person who works in the shop and is told what needs a human.', home: null },
  attribution: {
    meaning: 'The distribution over who took or returned which product, and how many, in one interaction.',
    home: 'src/domain/attribution.ts',
  },
  'audit log': {
    meaning: 'Who did what, where and when: a chain of entries per retailer.',
    home: 'src/access/audit.ts',
  },
  basket: {
    meaning: 'The items that a visit holds as far as anybody can tell; every line has its probability.',
    home: 'src/domain/basket.ts',
  },
  block: {
    meaning: 'A tenth of a second of samples of one fixture: the smallest time that sensing tells apart.',
    home: 'src/kernel/block-sums.ts',
  },
  cart: { meaning: 'A physical cart that senses what lies in it; never the list of items.', home: null },
  case: {
    meaning: 'An input with the answer that must come of it, worked out before the code runs.',
    home: 'src/contract/case-document.ts',
  },
  claim: {
    meaning: 'A shopper says that a receipt is not right; it is granted, or looked at by a person.',
    home: 'src/receipts/claim.ts',
  },
  contact: {
    meaning: 'A hand or a leaning body that disturbs plates.',
    home: 'src/sensing/contact.ts',
  },
  correction: {
    meaning: 'What turns a receipt into its next revision, with a reason, and moves the money along.',
    home: 'src/receipts/correction.ts',
  },
  'crew mode': { meaning: 'While an associate works at a shelf: what they take is no sale.', home: null },
  debt: {
    meaning: 'What a party owes of a payment that will capture nothing more.',
    home: 'src/payment/payment-state.ts',
  },
  decision: {
    meaning: 'What is done with a receipt: charge it, ask the shopper, have it reviewed, or waive it.',
    home: RECEIPT,
  },
  door: {
    meaning: 'Where observations are put in order, mended or refused before they have effect.',
    home: 'src/engine/door.ts',
  },
  entry: { meaning: 'The moment at which a party comes in and its visit begins.', home: VISIT },
  exit: { meaning: 'The moment at which a party leaves and its visit settles.', home: VISIT },
  facing: {
    meaning: "A product's place: one or more plates of a shelf, of which another product may share some.",
    home: 'src/domain/planogram.ts',
  },
  fixture: {
    meaning: 'A piece of furniture on the floor that holds shelves; also called a gondola.',
    home: LAYOUT,
  },
  grant: {
    meaning: 'A role in all stores of a retailer, or in one of them.',
    home: 'src/access/principal.ts',
  },
  hold: {
    meaning: 'An amount on a card that is set aside for us, until it is captured, released or expires.',
    home: 'src/payment/processor.ts',
  },
  horizon: {
    meaning: 'The time before which nothing can still be told; what lies behind it may be committed.',
    home: 'src/engine/shop.ts',
  },
  interaction: {
    meaning: 'A closed window of contact on one shelf, with the weight steps it left and how sure each is.',
    home: 'src/domain/interaction.ts',
  },
  lease: {
    meaning: 'The right to write to the log of a store; whoever takes it ends that of the writer before.',
    home: STORE_LOG,
  },
  log: {
    meaning: 'What a store keeps before it has effect: records in one order without gaps, for one writer.',
    home: STORE_LOG,
  },
  move: {
    meaning:
      'One hypothesis of what an interaction was: pick, put-back, misplace, hand-off, restock or nothing.',
    home: 'src/domain/attribution.ts',
  },
  observation: { meaning: 'One message of one sensor or device.', home: 'src/domain/observation.ts' },
  outbox: {
    meaning: 'Messages to others that are kept together with their cause and wait until they were sent.',
    home: STORE_LOG,
  },
  party: {
    meaning: 'One payer and the shoppers who came with them.',
    home: 'src/payment/payment-event.ts',
  },
  payment: {
    meaning:
      'All that one party pays for its visits, from the hold to the last refund; captured at most once.',
    home: 'src/payment/payment-state.ts',
  },
  permission: {
    meaning: 'One thing that may be allowed, such as reading receipts; it reads or it writes.',
    home: 'src/access/permissions.ts',
  },
  'person track': {
    meaning: 'An anonymous body as cameras follow it; its name means nothing beyond the visit.',
    home: 'src/domain/observation.ts',
  },
  planogram: { meaning: 'All facings as they were planned.', home: 'src/domain/planogram.ts' },
  plate: { meaning: 'A load cell that carries a strip of a shelf and reports its weight.', home: LAYOUT },
  'plate belief': {
    meaning: 'What probably lies on a plate now; it starts from the planogram.',
    home: 'src/fusion/goods/place-belief.ts',
  },
  plateau: {
    meaning: 'A level that a plate has held for a while during a contact.',
    home: 'src/sensing/plateaus.ts',
  },
  principal: {
    meaning: 'Who asks to do something: a user, an API key or a device.',
    home: 'src/access/principal.ts',
  },
  product: {
    meaning: 'Something for sale under one code, with its weight and its price where they are known.',
    home: 'src/domain/catalogue.ts',
  },
  proof: {
    meaning: 'What says that a principal may do one thing at one place; only mayDo makes one.',
    home: 'src/access/may-do.ts',
  },
  question: {
    meaning: 'What the shopper is asked when a line is in doubt.',
    home: 'src/domain/question.ts',
  },
  reading: {
    meaning: 'One way to read the steps of an interaction: which levels were real and which only a push.',
    home: 'src/fusion/goods/step-groups.ts',
  },
  receipt: {
    meaning: 'The priced, final basket of a visit; a correction makes a new revision.',
    home: RECEIPT,
  },
  recording: {
    meaning: 'The raw observations of a shop, kept so that they can be replayed.',
    home: 'src/engine/recording.ts',
  },
  retailer: { meaning: 'A business that runs stores on Tillfree; the tenant.', home: 'src/access/names.ts' },
  review: { meaning: 'What an employee is asked when neither sensors nor shopper can tell.', home: null },
  revision: {
    meaning:
      'A receipt as it was issued at one moment; it never changes, and the next one follows it by hash.',
    home: 'src/receipts/receipt-content.ts',
  },
  role: {
    meaning: 'A set of permissions: operator, associate, reviewer, integrator, auditor.',
    home: 'src/access/permissions.ts',
  },
  scope: {
    meaning: 'What an API key may do of its role; it narrows and never widens.',
    home: 'src/access/api-key.ts',
  },
  session: {
    meaning: 'What a user has from signing in to signing out: an opaque token that ends by itself.',
    home: 'src/access/session.ts',
  },
  shelf: { meaning: 'A row of plates of a fixture, at one height.', home: LAYOUT },
  shopper: { meaning: 'A person who shops; one of a party.', home: null },
  step: {
    meaning: 'A lasting change of the weight on one plate, with its spread.',
    home: 'src/domain/interaction.ts',
  },
  'step group': {
    meaning: 'Steps of neighbouring plates at one moment: something was taken or put there.',
    home: 'src/fusion/goods/step-groups.ts',
  },
  store: {
    meaning: 'One place with one layout, one catalogue and one planogram.',
    home: 'src/domain/store-model.ts',
  },
  story: {
    meaning: 'One consistent hypothesis of who holds what, for people whose baskets hang together.',
    home: 'src/fusion/stories/stories.ts',
  },
  supplement: {
    meaning: 'A payment of its own that charges what a correction adds to one that is charged already.',
    home: 'src/payment/decide.ts',
  },
  tender: {
    meaning: 'What a party pays with: a card, a prepaid balance.',
    home: 'src/payment/payment-event.ts',
  },
  twin: { meaning: 'A simulated store whose truth is known.', home: null },
  visit: {
    meaning: "One party's stay in the store, from entry to exit and to the settled receipt.",
    home: VISIT,
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

export type GlossaryWord = keyof typeof GLOSSARY;
