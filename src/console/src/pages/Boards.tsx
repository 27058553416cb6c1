// The playlist: boards in the order in which screens show them, moved by mouse or keyboard.
import { Button, Space, Tag } from 'antd';
import { HolderOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { put } from '../api';
import { useDraft } from '../draft';
import { useLoad } from '../hooks';
import { itemStates, wordLabel } from '../labels';
import { t } from '../lang';
import { useSession } from '../session';
import type { Item, ItemState } from '../types';
import { Loaded, StateTag, Title, useTry } from '../ui';
import { ItemDrawer, show, useEdit } from './Items';

function whenLabel(body: Item): string {
  const span = body.when as Item | undefined;
  if (!span) return t('全天');
  const days = Array.isArray(span.days) ? span.days.map((d) => wordLabel(String(d))).join('、') : '';
  const hours = Array.isArray(span.hours) ? span.hours.map((h) => (Array.isArray(h) ? h.join('–') : '')).join('，') : '';
  const dates = [span.from, span.until].map((d) => (d ? String(d).slice(0, 10) : '')).join(' ~ ');
  return [dates === ' ~ ' ? '' : dates, days, hours].filter(Boolean).join(' ');
}

export function Boards({ open }: { open?: string }) {
  const { query, refresh, draft, begin } = useDraft();
  const { may } = useSession();
  const attempt = useTry();
  const loaded = useLoad<{ items: ItemState[] }>(`items/boards${query}`);
  const edit = useEdit('boards', loaded.reload);
  const [opened, setOpened] = useState<string | null>(open ?? null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const move = (items: ItemState[], id: string, to: number) => {
    if (!draft) {
      begin();
      return;
    }
    const ids = items.filter((i) => i.body).map((i) => i.id);
    const from = ids.indexOf(id);
    if (from < 0 || to < 0 || to >= ids.length || from === to) return;
    ids.splice(to, 0, ids.splice(from, 1)[0]);
    void attempt(() => put(`sets/${draft.id}/order/boards`, { ids }), t('顺序已记入变更单')).then((ok) => {
      if (ok) {
        refresh();
        loaded.reload();
      }
    });
  };
  return (
    <>
      <Title extra={may('editor') && <Button onClick={() => (draft ? setOpened('') : begin())}>{t('新增版面')}</Button>}>{t('版面与播出')}</Title>
      <p className="quiet">{t('屏幕按此顺序轮播；拖动手柄或用箭头调整。时段和标签决定在何时、哪些屏幕上播出。')}</p>
      <Loaded of={loaded}>
        {({ items }) => {
          const item = items.find((i) => i.id === opened) ?? null;
          const canMove = may('editor');
          const live = items.filter((i) => i.body);
          return (
            <>
              <ol className="playlist" aria-label={t('播出顺序')}>
                {items.map((i) => {
                  const at = live.indexOf(i);
                  const body = i.body ?? i.before ?? {};
                  return (
                    <li
                      key={i.id}
                      className={over === i.id ? 'over' : undefined}
                      draggable={canMove && !!i.body}
                      onDragStart={() => setDragged(i.id)}
                      onDragEnd={() => (setDragged(null), setOver(null))}
                      onDragOver={(e) => (e.preventDefault(), setOver(i.id))}
                      onDrop={() => dragged && move(items, dragged, at)}
                    >
                      <span className="grip" aria-hidden>
                        <HolderOutlined />
                      </span>
                      <span>
                        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpened(i.id)}>
                          {show(body.title) || wordLabel(String(body.kind))}
                        </Button>{' '}
                        <Tag>{wordLabel(String(body.kind))}</Tag>
                        <Tag color={body.theme === 'festival' ? 'volcano' : 'blue'}>{wordLabel(String(body.theme))}</Tag>
                        <StateTag table={itemStates} state={i.state} />
                        <br />
                        <span className="quiet">
                          {whenLabel(body)}　{body.dwell_s ? `${show(body.dwell_s)} ${t('秒')}` : ''}　{Array.isArray(body.screens) ? `${t('标签')}：${body.screens.join('、')}` : t('全部屏幕')}
                        </span>
                      </span>
                      {canMove && i.body && (
                        <Space>
                          <Button size="small" disabled={at === 0} aria-label={t('上移 {name}', { name: show(body.title) || i.id })} onClick={() => move(items, i.id, at - 1)}>
                            ↑
                          </Button>
                          <Button size="small" disabled={at === live.length - 1} aria-label={t('下移 {name}', { name: show(body.title) || i.id })} onClick={() => move(items, i.id, at + 1)}>
                            ↓
                          </Button>
                        </Space>
                      )}
                    </li>
                  );
                })}
              </ol>
              {opened !== null && (item || opened === '') && <ItemDrawer list="boards" item={item} isNew={opened === ''} edit={edit} onClose={() => setOpened(null)} initial={{ theme: 'hall' }} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
