// An office's own spreadsheet, row by row, before anything of it counts.
import { Alert, Button, Checkbox, Form, Input, InputNumber, Segmented, Select, Space, Table, Tag, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { ask, patch, post, type Job } from '../api';
import { useDraft } from '../draft';
import { useLoad, useWork } from '../hooks';
import { fieldLabel } from '../labels';
import { t } from '../lang';
import type { ImportRow, ImportState, ItemState } from '../types';
import { Loaded, Title, useTry, WorkBar } from '../ui';
import { nameOf, show } from './Items';

const kinds: [string, string][] = [
  ['projects', '项目与节点'],
  ['indicators', '指标'],
  ['standings', '各县市区位次'],
  ['programme', '活动节目单'],
];
const results: Record<ImportRow['result'], [string, string]> = {
  new: ['新增', 'success'], changed: ['有变化', 'processing'], unchanged: ['无变化', 'default'], refused: ['不能导入', 'error'],
};

interface Wish {
  kind: string;
  target?: string;
  source?: string;
  as_of?: string;
  year?: number;
}

function Choose({ onFile }: { onFile: (wish: Wish, file: File) => void }) {
  const [form] = Form.useForm<Wish>();
  const kind = Form.useWatch('kind', form) ?? 'projects';
  const { query } = useDraft();
  const targets = useLoad<{ items: ItemState[] }>(kind === 'standings' ? `items/indicators${query}` : kind === 'programme' ? `items/occasions${query}` : null);
  const sources = useLoad<{ items: ItemState[] }>(`items/sources${query}`);
  return (
    <section className="panel">
      <Form form={form} layout="vertical" initialValues={{ kind: 'projects', year: new Date().getFullYear() }} requiredMark={false}>
        <div className="fields">
          <Form.Item name="kind" label={t('表格内容')}>
            <Select options={kinds.map(([value, label]) => ({ value, label: t(label) }))} />
          </Form.Item>
          {(kind === 'standings' || kind === 'programme') && (
            <Form.Item name="target" label={kind === 'standings' ? t('哪项指标') : t('哪个活动')} rules={[{ required: true, message: t('必填') }]}>
              <Select showSearch optionFilterProp="label" options={(targets.data?.items ?? []).map((i) => ({ value: i.id, label: nameOf(i) }))} />
            </Form.Item>
          )}
          {kind !== 'programme' && (
            <>
              <Form.Item name="source" label={t('数据来源')} tooltip={t('屏幕页脚会写明')}>
                <Select allowClear options={(sources.data?.items ?? []).map((i) => ({ value: i.id, label: nameOf(i) }))} />
              </Form.Item>
              <Form.Item name="as_of" label={t('数据截至')} tooltip={t('如 2023-06-30 或 2023-06')}>
                <Input maxLength={24} />
              </Form.Item>
            </>
          )}
          <Form.Item name="year" label={t('表中未写年份时')} tooltip={t('“6月底”等写法按这一年理解')}>
            <InputNumber min={2000} max={2100} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
      <Upload.Dragger
        accept=".xlsx,.csv,.ics"
        showUploadList={false}
        beforeUpload={(file) => {
          void form.validateFields().then((wish) => onFile(wish, file));
          return false;
        }}
      >
        <p>{t('把表格拖到这里，或点击选择')}</p>
        <p className="quiet">{t('XLSX、CSV（UTF-8 或 GB 18030）或 iCalendar，至多 20 MB。表格可以原样使用：合并的标题行、全角数字、“9.5亿元”、“2023.6.30”都认得。')}</p>
      </Upload.Dragger>
      <p style={{ marginTop: 12 }}>
        {t('下载模板')}：
        {kinds.map(([value, label]) => (
          <a key={value} href={`/api/v1/templates/${value}.xlsx`} style={{ marginRight: 16 }}>
            {t(label)}
          </a>
        ))}
      </p>
    </section>
  );
}

function Mapping({ state, onChange }: { state: ImportState; onChange: (change: object) => void }) {
  const set = (column: string, field: string | undefined) => {
    const mapping = Object.fromEntries(state.columns.filter((c) => c.field && c.column !== column).map((c) => [c.column, c.field!]));
    if (field) mapping[column] = field;
    onChange({ mapping });
  };
  // Where figures come from can be said for all rows at once, beside the file.
  const missing = state.fields.filter((f) => f.required && !['source', 'as_of'].includes(f.field) && !state.columns.some((c) => c.field === f.field));
  return (
    <section className="panel">
      <h4>
        {t('列的含义')} {state.remembered && <Tag color="blue">{t('沿用上次的设置')}</Tag>}
      </h4>
      <Space wrap style={{ marginBottom: 12 }}>
        {state.sheets.length > 1 && (
          <Select aria-label={t('工作表')} value={state.sheet} onChange={(sheet) => onChange({ sheet })} options={state.sheets.map((s) => ({ value: s.index, label: `${s.name}（${s.rows}）${s.hidden ? t('隐藏') : ''}` }))} style={{ minWidth: 180 }} />
        )}
        <label>
          {t('标题行')} <InputNumber min={1} max={50} value={state.header_row} onChange={(v) => v && onChange({ header_row: v })} style={{ width: 70 }} />
        </label>
        {missing.length > 0 && <Tag color="error">{t('缺少：{names}', { names: missing.map((f) => f.label).join('、') })}</Tag>}
      </Space>
      <div className="fields">
        {state.columns.map((c) => (
          <label key={c.column}>
            <b>
              {c.column} {c.header}
            </b>{' '}
            <span className="quiet">{c.sample}</span>
            <Select
              aria-label={`${c.column} ${c.header}`}
              style={{ width: '100%' }}
              value={c.field ?? undefined}
              allowClear
              showSearch
              optionFilterProp="label"
              placeholder={t('不导入')}
              onChange={(field: string | undefined) => set(c.column, field)}
              options={state.fields.map((f) => ({ value: f.field, label: f.label }))}
            />
          </label>
        ))}
      </div>
    </section>
  );
}

function Row({ row, state, onFix }: { row: ImportRow; state: ImportState; onFix: (cells: Record<string, string>) => void }) {
  const [cells, setCells] = useState<Record<string, string>>({});
  const bad = [...new Set(row.reasons.map((r) => r.column).filter((c): c is string => !!c))];
  const header = (column: string) => state.columns.find((c) => c.column === column)?.header ?? column;
  return (
    <div>
      {row.reasons.length > 0 && (
        <ul className="findings">
          {row.reasons.map((r, i) => (
            <li key={i} className="error">
              {r.column ? `${r.column} ${header(r.column)}：` : ''}
              {r.reason} {r.value && <code>{r.value}</code>}
            </li>
          ))}
        </ul>
      )}
      {bad.length > 0 && (
        <Space wrap>
          {bad.map((column) => (
            <label key={column}>
              {column} {header(column)}{' '}
              <Input style={{ width: 220 }} defaultValue={row.cells[column]} onChange={(e) => setCells({ ...cells, [column]: e.target.value })} onPressEnter={() => onFix(cells)} />
            </label>
          ))}
          <Button onClick={() => onFix(cells)} disabled={Object.keys(cells).length === 0}>
            {t('改正此行')}
          </Button>
        </Space>
      )}
      {row.changes.length > 0 && (
        <table className="diff">
          <tbody>
            {row.changes.map((c) => (
              <tr key={c.field}>
                <th scope="row">{fieldLabel(state.kind, c.field)}</th>
                <td>{c.before === null || c.before === undefined ? '—' : <del>{show(c.before)}</del>}</td>
                <td>
                  <ins>{show(c.after)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function DryRun({ id, onEnd }: { id: number; onEnd: (applied: boolean) => void }) {
  const loaded = useLoad<ImportState>(`imports/${id}`);
  const work = useWork();
  const attempt = useTry();
  const [filter, setFilter] = useState<string>('all');
  const [all, setAll] = useState(true);
  const change = (what: object) => void attempt(() => work.run(() => patch<Job>(`imports/${id}`, what))).then(loaded.reload);
  const apply = () =>
    void attempt(async () => {
      const done = await post<{ applied: number }>(`imports/${id}/apply`, { all_or_nothing: all });
      return done;
    }, t('已写入变更单')).then((ok) => ok && onEnd(true));
  return (
    <Loaded of={loaded}>
      {(state) => (
        <>
          <WorkBar work={work} label={t('正在核对')} />
          <Mapping state={state} onChange={change} />
          <section className="panel">
            <h4>
              {t('逐行核对')}：{state.name}
            </h4>
            <Segmented
              value={filter}
              onChange={(v) => setFilter(String(v))}
              style={{ marginBottom: 12 }}
              options={[
                { value: 'all', label: `${t('全部')} ${state.rows.length}` },
                ...(Object.keys(results) as ImportRow['result'][]).map((r) => ({ value: r, label: `${t(results[r][0])} ${state.counts[r]}` })),
              ]}
            />
            <Table<ImportRow>
              size="small"
              rowKey="row"
              dataSource={state.rows.filter((r) => filter === 'all' || r.result === filter)}
              pagination={{ pageSize: 20, showSizeChanger: false }}
              expandable={{
                expandedRowRender: (row) => <Row key={JSON.stringify(row.cells)} row={row} state={state} onFix={(cells) => change({ cells: { [row.row]: cells } })} />,
                rowExpandable: (r) => r.reasons.length > 0 || r.changes.length > 0,
              }}
              columns={[
                { title: t('行'), dataIndex: 'row', width: 70, align: 'right' },
                { title: t('名称'), dataIndex: 'name' },
                { title: t('结果'), width: 110, render: (_, r) => <Tag color={results[r.result][1]}>{t(results[r.result][0])}</Tag> },
                { title: t('说明'), render: (_, r) => (r.reasons.length ? r.reasons.map((x) => x.reason).join('；') : r.changes.map((c) => fieldLabel(state.kind, c.field)).join('、')) },
              ]}
            />
            <Space style={{ marginTop: 12 }}>
              <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>
                {t('有一行不能导入就全部不导入')}
              </Checkbox>
              <Button type="primary" id="apply-import" onClick={apply} disabled={(all && state.counts.refused > 0) || state.counts.new + state.counts.changed === 0}>
                {t('写入变更单')}（{state.counts.new + state.counts.changed}）
              </Button>
              <Button onClick={() => void ask('DELETE', `imports/${id}`).finally(() => onEnd(false))}>{t('放弃')}</Button>
            </Space>
          </section>
        </>
      )}
    </Loaded>
  );
}

export function Import() {
  const { draft, begin, refresh } = useDraft();
  const attempt = useTry();
  const work = useWork();
  const [id, setId] = useState<number | null>(null);
  const [done, setDone] = useState(false);
  useEffect(() => setDone(false), [draft?.id]);
  const send = (wish: Wish, file: File) => {
    if (!draft) {
      begin();
      return;
    }
    const query = new URLSearchParams({ set: String(draft.id), kind: wish.kind, name: file.name });
    for (const [name, value] of Object.entries({ target: wish.target, source: wish.source, as_of: wish.as_of, year: wish.year })) if (value) query.set(name, String(value));
    void attempt(async () => {
      const read = await work.run<ImportState>(() => ask<Job>('POST', `imports?${query.toString()}`, { bytes: file }));
      setId(read.id);
      setDone(false);
    });
  };
  return (
    <>
      <Title>{t('导入表格')}</Title>
      {!draft && <Alert type="warning" showIcon style={{ marginBottom: 12 }} message={t('请先选择或新建变更单')} action={<Button onClick={begin}>{t('新建变更单')}</Button>} />}
      {done && <Alert type="success" showIcon style={{ marginBottom: 12 }} message={t('已写入变更单')} action={<Button href={`#/sets/${draft?.id ?? ''}`}>{t('查看并送审')}</Button>} />}
      <WorkBar work={work} label={t('正在读取表格')} />
      {id === null ? (
        <Choose onFile={send} />
      ) : (
        <DryRun
          id={id}
          onEnd={(applied) => {
            setId(null);
            setDone(applied);
            refresh();
          }}
        />
      )}
    </>
  );
}
