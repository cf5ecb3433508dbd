/** Objects whose every field is known or refused: a slip in a name would otherwise mean something that nobody meant. */
import { z } from 'zod';

/** An object of these fields only. The message about another one is the list of those there are. */
export function strictForm<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}
