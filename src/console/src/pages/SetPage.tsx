// One change set: what it changes, what the check says, how the pages would look, and the
// three looks.
import { Alert, Button, Checkbox, Input, Modal, Select, Space, Steps, Tabs, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { ask, del, post, type Job } from '../api';
import { Diff } from '../Diff';
import { useDraft } from '../draft';
import { useLoad, useWork } from '../hooks';
import { itemStates, listLabel, setStates } from '../labels';
import { t, when } from '../lang';
import { PageCompare } from '../PageCompare';
import { ruleLabel } from '../rules';
import { useSession } from '../session';
import type { Finding, Preview, SetDetail } from '../types';
import { Loaded, Nothing, StateTag, Title, useAsk, useTry, WorkBar } from '../ui';

const steps = ['draft', 'submitted', 'reviewed', 'issued', 'published'];

export function FindingList({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return <Nothing what={t('没有发现问题')} />;
  const link: Record<string, string> = { projects: 'projects', boards: 'boards', notices: 'notices/notices', alerts: 'notices/alerts' };
  return (
    <ul className="findings">
      {findings.map((f, i) => (
        <li key={i} className={f.level}>
          <b>{f.level === 'error' ? t('错误') : t('提醒')}</b>{' '}
          {f.list && f.id ? <a href={`#/${link[f.list] ?? `indicators/${f.list}`}/${f.id}`}>{`${listLabel(f.list)} ${f.id}`}</a> : f.pointer} {f.field ? `› ${f.field}` : ''}　{ruleLabel(f.rule)}{' '}
          {f.value && <code>{f.value}</code>} {f.page && <Tag>{f.page}</Tag>} {f.size && <Tag>{f.size}</Tag>}
        </li>
      ))}
    </ul>
  );
}

const sizes = ['1920x1080', '1080x1920', '3840x2160', '1366x768', '1280x720'];

function PreviewPane({ set }: { set: SetDetail }) {
  const work = useWork();
  const attempt = useTry();
  const [size, setSize] = useState(sizes[0]);
  const [at, setAt] = useState('');
  const [large, setLarge] = useState(false);
  const [shown, setShown] = useState<Preview | null>(null);
  const paint = () =>
    void attempt(async () => {
      const [width, height] = size.split('x').map(Number);
      const wish = { width, height, large_text: large, ...(at ? { at: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z') } : {}) };
      setShown(await work.run<Preview>(() => post<Job>(`sets/${set.id}/preview`, wish)));
    });
  return (
    <>
      <Space wrap style={{ marginBottom: 12 }}>
        <Select aria-label={t('尺寸与方向')} value={size} onChange={setSize} options={sizes.map((s) => ({ value: s, label: s }))} style={{ width: 130 }} />
        <Input aria-label={t('时刻（空为现在）')} type="datetime-local" value={at} onChange={(e) => setAt(e.target.value)} style={{ width: 210 }} />
        <Checkbox checked={large} onChange={(e) => setLarge(e.target.checked)}>
          {t('大字')}
        </Checkbox>
        <Button type="primary" onClick={paint} id="paint">
          {t('绘制预览')}
        </Button>
      </Space>
      <WorkBar work={work} label={t('正在绘制页面')} />
      {shown ? (
        <>
          {shown.findings.length > 0 && <FindingList findings={shown.findings} />}
          <PageCompare pages={shown.pages} />
        </>
      ) : set.candidate ? (
        <PageCompare pages={set.candidate.pages.map((p) => ({ ...p, now_sha256: p.now_sha256 ?? null, state: p.state ?? 'new' }))} />
      ) : (
        <Nothing what={t('点“绘制预览”查看屏幕将怎样显示，与现在并排对照')} />
      )}
    </>
  );
}

function Decide({ set, stage, onDone }: { set: SetDetail; stage: 'review' | 'issue'; onDone: () => void }) {
  const { confirmed } = useSession();
  const attempt = useTry();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const send = (decision: 'approve' | 'reject') =>
    attempt(
      () =>
        confirmed(() =>
          post(`sets/${set.id}/${stage}`, {
            decision,
            ...(decision === 'reject' ? { reason } : {}),
            content_sha256: set.candidate?.content_sha256 ?? '',
            pages_sha256: set.candidate?.pages_sha256 ?? '',
          }),
        ),
      decision === 'approve' ? (stage === 'issue' ? t('已签发，等待发布人签名') : t('审核已通过')) : t('已退回'),
    ).then((ok) => {
      if (ok) setRejecting(false);
      onDone();
    });
  return (
    <section className="panel">
      <h4>{stage === 'review' ? t('审核') : t('签发')}</h4>
      <p>{t('请先看完“更改”“检查”“页面”三页。您批准的就是以下内容，一字不差：')}</p>
      <p className="mono">
        {t('内容')} {set.candidate?.content_sha256}
        <br />
        {t('页面')} {set.candidate?.pages_sha256}
      </p>
      <Space>
        <Button type="primary" onClick={() => void send('approve')}>
          {stage === 'review' ? t('审核通过') : t('签发')}
        </Button>
        <Button danger onClick={() => setRejecting(true)}>
          {t('退回')}
        </Button>
      </Space>
      <Modal open={rejecting} title={t('退回原因')} okText={t('退回')} cancelText={t('取消')} okButtonProps={{ danger: true, disabled: !reason.trim() }} onOk={() => void send('reject')} onCancel={() => setRejecting(false)}>
        <Input.TextArea aria-label={t('退回原因')} autoFocus rows={3} maxLength={200} showCount value={reason} onChange={(e) => setReason(e.target.value)} />
      </Modal>
    </section>
  );
}

function Approvals({ set }: { set: SetDetail }) {
  if (set.approvals.length === 0) return <Nothing what={t('还没有审核记录')} />;
  return (
    <Timeline
      items={set.approvals.map((a) => ({
        color: a.void ? 'gray' : a.decision === 'approve' ? 'green' : 'red',
        children: (
          <>
            {a.stage === 'review' ? t('审核') : t('签发')} · {a.by} · {a.decision === 'approve' ? t('通过') : t('退回')} {a.void && <Tag>{t('已失效')}</Tag>}
            <br />
            <span className="quiet">{when(a.at)} {a.reason}</span>
          </>
        ),
      }))}
    />
  );
}

export function SetPage({ id }: { id: number }) {
  const loaded = useLoad<SetDetail>(`sets/${id}`);
  const check = useLoad<{ errors: number; findings: Finding[] }>(`sets/${id}/check`);
  const { choose, refresh } = useDraft();
  const attempt = useTry();
  const sure = useAsk();
  const work = useWork();
  const reload = () => {
    loaded.reload();
    check.reload();
    refresh();
  };
  const submit = () =>
    void attempt(() => work.run(() => post<Job>(`sets/${id}/submit`)), t('已送审')).then(reload);
  const drop = async () => {
    if ((await sure(t('作废这个变更单？'), t('其中的更改都会丢弃。'), true)) && (await attempt(() => del(`sets/${id}`), t('已作废')))) {
      choose(null);
      reload();
    }
  };
  return (
    <Loaded of={loaded}>
      {(set) => (
        <>
          <Title
            extra={
              <>
                {set.may.includes('edit') && <Button onClick={() => choose(set.id)}>{t('编辑到此变更单')}</Button>}
                {set.may.includes('withdraw') && (
                  <Button onClick={() => void attempt(() => post(`sets/${id}/withdraw`), t('已撤回')).then(reload)}>{t('撤回修改')}</Button>
                )}
                {set.may.includes('drop') && (
                  <Button danger onClick={() => void drop()}>
                    {t('作废')}
                  </Button>
                )}
                {set.may.includes('submit') && (
                  <Button type="primary" onClick={submit} disabled={!!work.job} id="submit-set">
                    {t('送审')}
                  </Button>
                )}
              </>
            }
          >
            #{set.id} {set.title} <StateTag table={setStates} state={set.state} /> {set.strict && <Tag color="purple">{t('提级审核')}</Tag>}
          </Title>
          <WorkBar work={work} label={t('正在检查并绘制全部页面')} />
          {set.rejected_reason && <Alert type="error" showIcon style={{ marginBottom: 12 }} message={t('被退回')} description={set.rejected_reason} />}
          {set.state === 'issued' && <Alert type="info" showIcon style={{ marginBottom: 12 }} message={t('版本 {n} 等待发布人签名', { n: set.version ?? '' })} action={<Button href="#/publications">{t('签名与发布')}</Button>} />}
          <section className="panel">
            <Steps
              size="small"
              current={Math.max(0, steps.indexOf(set.state))}
              items={[
                { title: t('编辑'), description: set.editors.join('、') },
                { title: t('审核'), description: `${set.reviews}/${set.reviews_needed}` },
                { title: t('签发') },
                { title: t('签名') },
                { title: t('发布'), description: set.version ? t('版本 {n}', { n: set.version }) : '' },
              ]}
            />
          </section>
          {set.may.includes('review') && <Decide set={set} stage="review" onDone={reload} />}
          {set.may.includes('issue') && <Decide set={set} stage="issue" onDone={reload} />}
          {set.state === 'submitted' && !set.may.includes('review') && <Alert style={{ marginBottom: 12 }} type="info" showIcon message={t('等待审核人审核；参与编辑的人不能审核。')} />}
          <div className="panel">
            <Tabs
              items={[
                {
                  key: 'changes',
                  label: `${t('更改')} ${set.items.length}`,
                  children:
                    set.items.length === 0 ? (
                      <Nothing what={t('还没有更改。打开“项目”“公告”等页面编辑，或导入表格。')} />
                    ) : (
                      set.items.slice(0, 300).map((i) => (
                        <section key={`${i.list}/${i.id}`} style={{ marginBottom: 16 }} aria-label={i.id}>
                          <b>
                            {listLabel(i.list)} · {i.id === '*' ? t('播出顺序') : i.id}
                          </b>{' '}
                          <StateTag table={itemStates} state={i.state} /> <span className="quiet">{i.by} {when(i.at)}</span>{' '}
                          {set.may.includes('edit') && i.id !== '*' && i.list !== 'parts' && (
                            <Button size="small" type="link" onClick={() => void attempt(() => ask('DELETE', `sets/${set.id}/items/${i.list}/${i.id}/change`), t('已撤回更改')).then(reload)}>
                              {t('撤回更改')}
                            </Button>
                          )}
                          <Diff list={i.list} before={i.before} after={i.after} />
                        </section>
                      ))
                    ),
                },
                { key: 'check', label: `${t('检查')} ${check.data ? check.data.findings.length : ''}`, children: <Loaded of={check}>{(c) => <FindingList findings={c.findings} />}</Loaded> },
                { key: 'pages', label: t('页面'), children: <PreviewPane set={set} /> },
                { key: 'approvals', label: t('审核记录'), children: <Approvals set={set} /> },
              ]}
            />
          </div>
        </>
      )}
    </Loaded>
  );
}
