// A form for any item, made from its fields. What was not filled in is left out.
import { Button, Card, Form, Input, InputNumber, Select, Space, Switch, Tooltip } from 'antd';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useDraft } from './draft';
import { useLoad } from './hooks';
import { fieldLabel, wordLabel } from './labels';
import { t } from './lang';
import { ruleLabel } from './rules';
import { tidy } from './tidy';
import type { Field } from './schema';
import type { Finding, Item, ItemState } from './types';

const hints: Partial<Record<Field['type'], string>> = {
  date: '如 2023-06-30、2023-06、2023-34（三季度写作 2023-35）、2023-40（上半年）',
  period: '如 2023-05 或 2023-01/2023-05',
  time: '如 2023-07-08T19:00:00+08:00',
  hour: '如 08:30',
  id: '小写字母、数字和连字符',
  day: '如 2023-06-22',
};

function Ref({ list, value, onChange, id }: { list: string; id?: string; value?: string; onChange?: (v: string) => void }) {
  const { query } = useDraft();
  const { data } = useLoad<{ items: ItemState[] }>(`items/${list}${query}`);
  const options = useMemo(
    () => (data?.items ?? []).map((i) => ({ value: i.id, label: String(i.body?.name ?? i.body?.label ?? i.id) })),
    [data],
  );
  return <Select id={id} value={value} onChange={onChange} options={options} showSearch allowClear optionFilterProp="label" />;
}

function Media({ value, onChange, id, isFilm }: { id?: string; value?: string; onChange?: (v: string) => void; isFilm?: boolean }) {
  const { data } = useLoad<{ media: { name: string }[] }>('media');
  return (
    <Select id={id} value={value} onChange={onChange} allowClear showSearch options={(data?.media ?? []).filter((m) => m.name.endsWith('.mp4') === !!isFilm).map((m) => ({ value: m.name, label: m.name }))} />
  );
}

function control(field: Field) {
  if (field.ref) return <Ref list={field.ref} />;
  switch (field.type) {
    case 'word':
      return <Select allowClear={!field.required} options={(field.words ?? []).map((w) => ({ value: w, label: wordLabel(w) }))} />;
    case 'bool':
      return <Switch />;
    case 'int':
    case 'number':
      return <InputNumber style={{ width: '100%' }} min={field.min} max={field.max} precision={field.type === 'int' ? 0 : undefined} />;
    case 'text':
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={field.max} showCount />;
    case 'media':
      return <Media />;
    case 'film':
      return <Media isFilm />;
    default:
      return <Input maxLength={field.max} showCount={!!field.max} placeholder={hints[field.type] ? t(hints[field.type]!) : undefined} />;
  }
}

type Path = (string | number)[];

function ScalarList({ field, path, list, label }: { field: Field; path: Path; list: string; label: string }) {
  const item = field.item!;
  if (item.type === 'word')
    return (
      <Form.Item name={path} label={label}>
        <Select mode="multiple" options={(item.words ?? []).map((w) => ({ value: w, label: wordLabel(w) }))} />
      </Form.Item>
    );
  return (
    <Form.Item name={path} label={label} tooltip={t('输入后按回车添加')}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n']} aria-label={fieldLabel(list, field.name)} />
    </Form.Item>
  );
}

function Pairs({ path, label }: { path: Path; label: string }) {
  return (
    <Form.Item label={label} className="nested">
      <Form.List name={path}>
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <Space key={row.key} align="baseline">
                <Form.Item name={[row.name, 0]} rules={[{ required: true, pattern: /^\d\d:\d\d$/ }]}>
                  <Input aria-label={t('开始')} placeholder="08:30" />
                </Form.Item>
                —
                <Form.Item name={[row.name, 1]} rules={[{ required: true, pattern: /^\d\d:\d\d$/ }]}>
                  <Input aria-label={t('结束')} placeholder="17:30" />
                </Form.Item>
                <Button type="text" aria-label={t('移除')} icon={<DeleteOutlined />} onClick={() => remove(row.name)} />
              </Space>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(['', ''])}>
              {t('添加时段')}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

function List({ field, path, list, label }: { field: Field; path: Path; list: string; label: string }) {
  return (
    <Form.Item label={label} className="nested">
      <Form.List name={path}>
        {(rows, { add, remove, move }) => (
          <>
            {rows.map((row, i) => (
              <Card
                key={row.key}
                size="small"
                className="row"
                title={`${label} ${i + 1}`}
                extra={
                  <Space size={0}>
                    <Button type="text" size="small" disabled={i === 0} onClick={() => move(i, i - 1)} aria-label={t('上移')}>
                      ↑
                    </Button>
                    <Button type="text" size="small" disabled={i === rows.length - 1} onClick={() => move(i, i + 1)} aria-label={t('下移')}>
                      ↓
                    </Button>
                    <Tooltip title={t('移除')}>
                      <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('移除')} onClick={() => remove(row.name)} />
                    </Tooltip>
                  </Space>
                }
              >
                <Fields fields={field.fields ?? []} path={[row.name]} list={list} />
              </Card>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>
              {t('添加')}
              {label}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

function OneField({ field, path, list }: { field: Field; path: Path; list: string }) {
  const label = fieldLabel(list, field.name);
  const at = [...path, field.name];
  if (field.type === 'list') return <List field={field} path={at} list={list} label={label} />;
  if (field.type === 'pairs') return <Pairs path={at} label={label} />;
  if (field.type === 'scalars') return <ScalarList field={field} path={at} list={list} label={label} />;
  if (field.type === 'of')
    return (
      <Form.Item name={at} label={label} tooltip={t('条目编号，按播出顺序')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    );
  if (field.type === 'object')
    return (
      <Form.Item label={label} className="nested">
        <Card size="small" className="row">
          <Fields fields={field.fields ?? []} path={at} list={list} />
        </Card>
      </Form.Item>
    );
  if (field.type === 'tags') return null;
  return (
    <Form.Item
      name={at}
      label={label}
      valuePropName={field.type === 'bool' ? 'checked' : 'value'}
      rules={field.required && field.type !== 'bool' ? [{ required: true, message: t('必填') }] : []}
      className={field.type === 'text' || field.name === 'name' || field.name === 'title' ? 'wide' : undefined}
    >
      {control(field)}
    </Form.Item>
  );
}

function Fields({ fields, path, list }: { fields: Field[]; path: Path; list: string }) {
  return (
    <div className="fields">
      {fields.map((field) => (
        <OneField key={field.name} field={field} path={path} list={list} />
      ))}
    </div>
  );
}

// A board's contents may be a filter, which the form cannot show: it is kept as it is.
export function hasFilter(body: Item | null): boolean {
  return !!body && typeof body.of === 'object' && body.of !== null && !Array.isArray(body.of);
}

export function ItemForm(props: {
  list: string;
  fields: Field[];
  value: Item;
  findings?: Finding[];
  readOnly?: boolean;
  saveLabel?: string;
  onSave: (body: Item) => void;
}) {
  const [form] = Form.useForm<Item>();
  const fields = hasFilter(props.value) ? props.fields.filter((f) => f.name !== 'of') : props.fields;
  const save = (values: Item) => {
    const body = (tidy(values) ?? {}) as Item;
    if (hasFilter(props.value)) body.of = props.value.of;
    for (const field of props.fields) {
      if (field.type === 'bool' && field.required && body[field.name] === undefined) body[field.name] = false;
      if (field.type === 'list' && field.required && body[field.name] === undefined) body[field.name] = [];
      if (field.type === 'tags' && props.value[field.name] !== undefined) body[field.name] = props.value[field.name];
    }
    props.onSave(body);
  };
  return (
    <>
      {(props.findings ?? []).length > 0 && (
        <ul className="findings" aria-label={t('检查结果')}>
          {props.findings!.map((f, i) => (
            <li key={i} className={f.level}>
              <b>{f.level === 'error' ? t('错误') : t('提醒')}</b> {f.field ? `${f.field}：` : ''}
              {ruleLabel(f.rule)} {f.value && <code>{f.value}</code>}
            </li>
          ))}
        </ul>
      )}
      <Form form={form} layout="vertical" initialValues={props.value} onFinish={save} disabled={props.readOnly} requiredMark scrollToFirstError>
        <Fields fields={fields} path={[]} list={props.list} />
        {!props.readOnly && (
          <Button type="primary" htmlType="submit" className="save">
            {props.saveLabel ?? t('保存到变更单')}
          </Button>
        )}
      </Form>
    </>
  );
}
