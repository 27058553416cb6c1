import { Alert, Descriptions, Switch, Tag } from 'antd';
import { patch } from '../api';
import { useLoad } from '../hooks';
import { t, when } from '../lang';
import { useSession } from '../session';
import { Loaded, Title, useAsk, useTry } from '../ui';

interface SettingsState {
  feed: string;
  strict: boolean;
  publisher_key: { available: boolean; on: boolean; gives_up: string; by: string | null; at: string | null };
  bucket: { available: boolean; on: boolean; address: string };
  stick_folder: { available: boolean; on: boolean };
}

export function Settings() {
  const { may, confirmed } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<SettingsState>('settings');
  const canChange = may('administrator');
  const turn = async (name: string, on: boolean, warning?: string) => {
    if (on && warning && !(await sure(t('确定要开启吗？'), warning, true))) return;
    await attempt(() => confirmed(() => patch('settings', { [name]: on })), t('已保存'));
    loaded.reload();
  };
  return (
    <>
      <Title>{t('设置')}</Title>
      <Loaded of={loaded}>
        {(s) => (
          <>
            <section className="panel">
              <h4>{t('提级审核')}</h4>
              <p>{t('重大活动期间开启：每份变更都需要两名审核人。')}</p>
              <Switch aria-label={t('提级审核')} checked={s.strict} disabled={!canChange} onChange={(on) => void turn('strict', on)} />
            </section>
            <section className="panel">
              <h4>{t('发布密钥放在本中心')}</h4>
              <Alert type="warning" showIcon message={t('这样做放弃了什么')} description={s.publisher_key.gives_up} style={{ marginBottom: 12 }} />
              {s.publisher_key.available ? (
                <>
                  <Switch aria-label={t('发布密钥放在本中心')} checked={s.publisher_key.on} disabled={!canChange} onChange={(on) => void turn('publisher_key_on_hub', on, s.publisher_key.gives_up)} />{' '}
                  <span className="quiet">{s.publisher_key.by ? `${s.publisher_key.by} ${when(s.publisher_key.at)}` : ''}</span>
                </>
              ) : (
                <Tag>{t('本中心没有配置发布密钥（推荐）')}</Tag>
              )}
            </section>
            <section className="panel">
              <h4>{t('送往别处')}</h4>
              <Descriptions
                column={1}
                size="small"
                items={[
                  { key: 'feed', label: t('馈送'), children: s.feed },
                  { key: 'bucket', label: t('对象存储'), children: s.bucket.available ? <><Switch aria-label={t('对象存储')} checked={s.bucket.on} disabled={!canChange} onChange={(on) => void turn('bucket', on)} /> {s.bucket.address}</> : <Tag>{t('未配置')}</Tag> },
                  { key: 'stick', label: t('U盘目录'), children: s.stick_folder.available ? <Switch aria-label={t('U盘目录')} checked={s.stick_folder.on} disabled={!canChange} onChange={(on) => void turn('stick_folder', on)} /> : <Tag>{t('未配置')}</Tag> },
                ]}
              />
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}
