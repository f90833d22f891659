// JSON Schema, as much of it as the schemas of front matter use; tests hold that they use no more. Nothing
// is compiled, as the content policy of a page allows no code that is made from text.
export const KNOWN = new Set([
  '$ref', 'type', 'enum', 'const', 'pattern', 'maxLength', 'format', 'required', 'properties', 'additionalProperties',
  'minProperties', 'maxProperties', 'items', 'minItems', 'anyOf', 'oneOf', 'if', 'then',
]);
/** What says something of a schema and refuses nothing. */
export const SAID = new Set(['$schema', 'definitions', 'description', 'default', 'title', 'x-refers-to']);

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function typeOf(value) {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return [typeof value];
}
const whole = (pattern) => new RegExp(pattern, 'u');

/** What is wrong with a value: [{ path, rule }], where `rule` is the keyword that refuses it. */
export function faults(schema, value, root = schema, path = []) {
  if (schema.$ref) return faults(at(root, schema.$ref), value, root, path);
  const wrong = (rule, ...more) => [{ path: [...path, ...more], rule }];
  const found = [];
  if (schema.type && ![schema.type].flat().some((one) => typeOf(value).includes(one))) return wrong('type');
  if (schema.enum && !schema.enum.includes(value)) found.push(...wrong('enum'));
  if ('const' in schema && schema.const !== value) found.push(...wrong('const'));
  if (typeof value === 'string') found.push(...ofText(schema, value, wrong));
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) found.push(...wrong('minItems'));
    if (schema.items) found.push(...value.flatMap((one, n) => faults(schema.items, one, root, [...path, n])));
  }
  if (isObject(value)) found.push(...ofObject(schema, value, root, path, wrong));
  if (schema.anyOf && schema.anyOf.every((one) => faults(one, value, root).length)) found.push(...wrong('anyOf'));
  if (schema.oneOf && schema.oneOf.filter((one) => !faults(one, value, root).length).length !== 1) {
    found.push(...wrong('oneOf'));
  }
  if (schema.if && schema.then && !faults(schema.if, value, root).length) {
    found.push(...faults(schema.then, value, root, path));
  }
  return found;
}

const at = (root, ref) => ref.slice(2).split('/').reduce((part, name) => part[name], root);

function ofText(schema, value, wrong) {
  const found = [];
  if (schema.pattern && !whole(schema.pattern).test(value)) found.push(...wrong('pattern'));
  if ([...value].length > (schema.maxLength ?? Infinity)) found.push(...wrong('maxLength'));
  if (schema.format === 'uri' && !/^https?:\/\/[^\s/]+/.test(value)) found.push(...wrong('format'));
  return found;
}

function ofObject(schema, value, root, path, wrong) {
  const names = Object.keys(value);
  const fields = schema.properties ?? {};
  const found = (schema.required ?? []).filter((name) => !(name in value)).flatMap((name) => wrong('required', name));
  for (const name of names) {
    if (name in fields) found.push(...faults(fields[name], value[name], root, [...path, name]));
    else if (schema.additionalProperties === false) found.push(...wrong('additionalProperties', name));
  }
  if (names.length < (schema.minProperties ?? 0)) found.push(...wrong('minProperties'));
  if (names.length > (schema.maxProperties ?? Infinity)) found.push(...wrong('maxProperties'));
  return found;
}
