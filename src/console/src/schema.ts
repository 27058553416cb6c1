// The content document's fields, out of its JSON Schema: forms are made from this, so that the
// console asks for exactly what the screens understand.
import schema from '../../../assets/schema/content.schema.json';

export type FieldType =
  | 'line'
  | 'text'
  | 'id'
  | 'date'
  | 'day'
  | 'period'
  | 'time'
  | 'hour'
  | 'media'
  | 'film'
  | 'url'
  | 'zone'
  | 'word'
  | 'bool'
  | 'int'
  | 'number'
  | 'object'
  | 'list'
  | 'scalars'
  | 'pairs'
  | 'of'
  | 'tags';

export interface Field {
  name: string;
  type: FieldType;
  required: boolean;
  max?: number;
  min?: number;
  words?: string[];
  fields?: Field[]; // of an object, or of a list's items
  item?: Field; // of scalars and pairs
  ref?: string; // the list whose id it is
}

interface Node {
  $ref?: string;
  type?: string;
  enum?: string[];
  anyOf?: Node[];
  items?: Node | false;
  prefixItems?: Node[];
  properties?: Record<string, Node>;
  additionalProperties?: boolean | Node;
  required?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  allOf?: Node[];
}

// JSON Schema cannot say which list an id stands in; these are the document's references.
const refs: Record<string, string> = {
  source: 'sources',
  template: 'phases',
  rule: 'rules',
  figures: 'figures',
};

function typeOf(node: Node): FieldType {
  const ref = node.$ref?.split('/').pop();
  if (ref) return ref as FieldType;
  if (node.enum) return 'word';
  if (node.anyOf) return node.anyOf.some((n) => n.$ref === '#/$defs/period') ? 'period' : 'of';
  if (node.type === 'boolean') return 'bool';
  if (node.type === 'integer') return 'int';
  if (node.type === 'number') return 'number';
  if (node.type === 'object') return node.properties ? 'object' : 'tags';
  if (node.type === 'array' && node.items && node.items.type === 'object') return 'list';
  if (node.type === 'array' && node.items && node.items.prefixItems) return 'pairs';
  return node.type === 'array' ? 'scalars' : 'line';
}

function fieldOf(name: string, node: Node, required: boolean): Field {
  const type = typeOf(node);
  const field: Field = { name, type, required, max: node.maxLength ?? node.maximum, min: node.minimum, words: node.enum };
  const lines = node.allOf?.map((n) => /\{1,(\d+)\}/.exec(n.pattern ?? '')?.[1]).find(Boolean);
  if (lines) field.max = Number(lines);
  if (refs[name]) field.ref = refs[name];
  if (type === 'object') field.fields = fieldsOf(node);
  if (type === 'list' && node.items) field.fields = fieldsOf(node.items);
  if (type === 'scalars' && node.items) field.item = fieldOf(name, node.items, true);
  if (type === 'of') field.fields = fieldsOf(node.anyOf?.find((n) => n.type === 'object') ?? {});
  return field;
}

function fieldsOf(node: Node): Field[] {
  return Object.entries(node.properties ?? {}).map(([name, child]) =>
    fieldOf(name, child, node.required?.includes(name) ?? false),
  );
}

const properties = schema.properties as unknown as Record<string, Node>;

export function fieldsOfList(list: string): Field[] {
  const node = properties[list];
  return node?.items ? fieldsOf(node.items) : [];
}

export function fieldsOfPart(part: string): Field[] {
  return fieldsOf(properties[part] ?? {});
}

export const lists = Object.keys(properties).filter((name) => properties[name].type === 'array');
