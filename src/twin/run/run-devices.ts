/** The small devices of a run: gates, the reader at the exit, smart carts, and what every device says of itself. */
import { cartId, deviceId, readerId } from '../../domain/index.ts';
import {
  createCartScale,
  createDeviceHealth,
  createGates,
  createTagReader,
  passGate,
  passTags,
  putInCart,
  readCart,
  readGates,
  readHealth,
  readTags,
  rollCart,
} from '../devices/index.ts';
import type { CartScale, DevicesHealth, DeviceTrouble, Gates, TagReader } from '../devices/index.ts';
import type { Person, Scene } from '../people/index.ts';
import type { GatePassage, Reading, TwinFault, TwinStore } from '../words/index.ts';

/** From the hand into the cart. */
const INTO_CART_MS = 900;
const ROLLS_FROM_M_PER_S = 0.2;

interface CartInUse {
  readonly scale: CartScale;
  /** What was put in, as far as told to the scale. */
  toldGrams: number;
}

export interface RunDevices {
  readonly gates: Gates;
  readonly tagReader: TagReader | null;
  readonly health: DevicesHealth;
  readonly carts: readonly CartScale[];
  readonly freeCarts: CartScale[];
  readonly cartByPerson: Map<number, CartInUse>;
}

export interface RunDevicesOptions {
  readonly store: TwinStore;
  readonly seed: number;
  readonly faults: readonly TwinFault[];
  /** Smart carts that stand ready. */
  readonly cartCount: number;
  /** Units with tags that lie on shelves at the start. */
  readonly tagged: GatePassage['carried'];
}

/** Troubles that devices notice themselves: a dark camera, a fixture without power. */
function troublesOf(faults: readonly TwinFault[]): DeviceTrouble[] {
  return faults.flatMap((fault): DeviceTrouble[] => {
    const times = { fromTrueMs: fault.fromS * 1000, untilTrueMs: (fault.untilS ?? Infinity) * 1000 };
    if (fault.kind === 'camera-dark')
      return [{ deviceId: 'tracker', ...times, state: 'offline', note: 'no picture' }];
    if (fault.kind !== 'fixture-offline') return [];
    return (fault.fixtureIds ?? []).map((fixture) => ({
      deviceId: `plates-${fixture}`,
      ...times,
      state: 'offline' as const,
      note: 'no connection',
    }));
  });
}

/** Strays come from some goods; more than these make no difference. */
const STRAY_TAGS_MAX = 40;

export function createRunDevices(options: RunDevicesOptions): RunDevices {
  const { store, seed, faults, cartCount, tagged } = options;
  const { layout, gates } = store.model;
  const carts = Array.from({ length: cartCount }, (_, index) =>
    createCartScale({ seed, cartId: cartId(`cart-${index + 1}`) }),
  );
  const deviceIds = [
    'tracker',
    ...layout.fixtures.map(({ fixtureId }) => `plates-${fixtureId}`),
    ...gates.map(({ gateId }) => `gate-${gateId}`),
    ...(store.readerPlace ? ['reader-exit'] : []),
  ];
  return {
    gates: createGates({ seed }),
    tagReader: store.readerPlace
      ? createTagReader({ seed, readerId: readerId('exit'), tagsNearby: tagged.slice(0, STRAY_TAGS_MAX) })
      : null,
    health: createDeviceHealth({
      seed,
      deviceIds: deviceIds.map((name) => deviceId(name)),
      troubles: troublesOf(faults),
    }),
    carts,
    freeCarts: [...carts],
    cartByPerson: new Map(),
  };
}

function cartFor(devices: RunDevices, person: Person): CartInUse | null {
  if (!person.traits.hasCart) return null;
  const { personNumber } = person.traits;
  const known = devices.cartByPerson.get(personNumber);
  if (known) return known;
  const scale = devices.freeCarts.shift();
  if (!scale) return null;
  const inUse = { scale, toldGrams: 0 };
  devices.cartByPerson.set(personNumber, inUse);
  return inUse;
}

function followCarts(devices: RunDevices, scene: Scene): void {
  for (const person of scene.people.values()) {
    const cart = cartFor(devices, person);
    if (!cart) continue;
    const heldGrams = person.held.reduce((sum, unit) => sum + unit.weightGrams, 0);
    const changeGrams = heldGrams - cart.toldGrams;
    if (Math.abs(changeGrams) > 0.01)
      putInCart(cart.scale, { atTrueMs: scene.nowTrueMs + INTO_CART_MS, grams: changeGrams });
    cart.toldGrams = heldGrams;
    const { x, y } = person.velocityMPerS;
    if (x * x + y * y > ROLLS_FROM_M_PER_S * ROLLS_FROM_M_PER_S)
      rollCart(cart.scale, { fromTrueMs: scene.nowTrueMs, untilTrueMs: scene.nowTrueMs + scene.tickMs });
  }
  for (const [personNumber, cart] of devices.cartByPerson) {
    if (scene.people.has(personNumber)) continue;
    // It is unloaded outside and comes back empty.
    putInCart(cart.scale, { atTrueMs: scene.nowTrueMs + INTO_CART_MS, grams: -cart.toldGrams });
    devices.cartByPerson.delete(personNumber);
    devices.freeCarts.push(cart.scale);
  }
}

/** Everything the devices tell of this tick. */
export function readDevices(devices: RunDevices, scene: Scene, emit: (reading: Reading) => void): void {
  const { gates, tagReader, health, carts } = devices;
  const { nowTrueMs } = scene;
  for (const passage of scene.passages.splice(0)) {
    passGate(gates, passage);
    if (tagReader) passTags(tagReader, passage);
  }
  followCarts(devices, scene);
  readGates(gates, nowTrueMs, emit);
  if (tagReader) readTags(tagReader, nowTrueMs, emit);
  for (const cart of carts) readCart(cart, nowTrueMs, emit);
  readHealth(health, nowTrueMs, emit);
}
