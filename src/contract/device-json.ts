/** What gates, tag readers, smart carts and devices say, as JSON: small messages of a few fields. */
import { z } from 'zod';
import { ok } from '../base/index.ts';
import { cartId, deviceId, gateId, productId, readerId, tagId } from '../domain/index.ts';
import { idSchema, parsedBy, sentFields, sentFrom, sentJson } from './message-form.ts';
import type { MessageForm } from './message-form.ts';

export const gateCrossingSchema = z.object({
  ...sentFields,
  gateId: idSchema,
  direction: z.enum(['in', 'out']),
});

export const GATE_JSON: MessageForm<'gate'> = {
  schema: gateCrossingSchema,
  json: (crossing) => ({
    ...sentJson(crossing),
    gateId: crossing.gateId,
    direction: crossing.direction,
  }),
  parse: (value) => {
    const parsed = parsedBy(gateCrossingSchema, value);
    if (!parsed.ok) return parsed;
    const { direction } = parsed.value;
    return ok({ kind: 'gate', ...sentFrom(parsed.value), gateId: gateId(parsed.value.gateId), direction });
  },
};

export const tagReadsSchema = z.object({
  ...sentFields,
  readerId: idSchema,
  reads: z.array(
    z.object({
      tagId: idSchema,
      productId: idSchema.nullable().describe('Null where the code of the tag names no product.'),
      rssiDbm: z.number().describe('Received signal strength, about -30 to -80 dBm.'),
    }),
  ),
});

export const TAGS_JSON: MessageForm<'tags'> = {
  schema: tagReadsSchema,
  json: (told) => ({
    ...sentJson(told),
    readerId: told.readerId,
    reads: told.reads.map((read) => ({ ...read })),
  }),
  parse: (value) => {
    const parsed = parsedBy(tagReadsSchema, value);
    if (!parsed.ok) return parsed;
    const reads = parsed.value.reads.map((read) => ({
      tagId: tagId(read.tagId),
      productId: read.productId === null ? null : productId(read.productId),
      rssiDbm: read.rssiDbm,
    }));
    return ok({ kind: 'tags', ...sentFrom(parsed.value), readerId: readerId(parsed.value.readerId), reads });
  },
};

export const cartWeightSchema = z.object({
  ...sentFields,
  cartId: idSchema,
  weightGrams: z.number(),
  isStable: z.boolean().describe('As the scale itself says.'),
});

export const CART_JSON: MessageForm<'cart'> = {
  schema: cartWeightSchema,
  json: (told) => ({
    ...sentJson(told),
    cartId: told.cartId,
    weightGrams: told.weightGrams,
    isStable: told.isStable,
  }),
  parse: (value) => {
    const parsed = parsedBy(cartWeightSchema, value);
    if (!parsed.ok) return parsed;
    const { weightGrams, isStable } = parsed.value;
    const told = { cartId: cartId(parsed.value.cartId), weightGrams, isStable };
    return ok({ kind: 'cart', ...sentFrom(parsed.value), ...told });
  },
};

export const deviceHealthSchema = z.object({
  ...sentFields,
  deviceId: idSchema,
  state: z.enum(['online', 'degraded', 'offline']),
  note: z.string().describe('For a person; empty where there is nothing to say.'),
});

export const HEALTH_JSON: MessageForm<'health'> = {
  schema: deviceHealthSchema,
  json: (told) => ({
    ...sentJson(told),
    deviceId: told.deviceId,
    state: told.state,
    note: told.note,
  }),
  parse: (value) => {
    const parsed = parsedBy(deviceHealthSchema, value);
    if (!parsed.ok) return parsed;
    const { state, note } = parsed.value;
    return ok({
      kind: 'health',
      ...sentFrom(parsed.value),
      deviceId: deviceId(parsed.value.deviceId),
      state,
      note,
    });
  },
};
