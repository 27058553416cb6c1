// Pictures that content may name.
import { Button, Progress, Table, Tag, Upload } from 'antd';
import { ask, del } from '../api';
import { useLoad } from '../hooks';
import { t, when } from '../lang';
import { useSession } from '../session';
import { Loaded, Title, useAsk, useTry } from '../ui';

interface Medium {
  name: string;
  sha256: string;
  size: number;
  type: string;
  width: number;
  height: number;
  by: string;
  at: string;
  used: boolean;
}

function Preview({ medium }: { medium: Medium }) {
  const shape = { maxWidth: 120, maxHeight: 68 };
  const src = `/api/v1/media/${medium.name}`;
  if (medium.type === 'video/mp4') return <video src={src} aria-label={medium.name} style={shape} preload="none" controls muted />;
  return <img src={src} alt={medium.name} style={shape} loading="lazy" />;
}

export function Media() {
  const { may } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<{ media: Medium[]; quota_bytes: number; used_bytes: number }>('media');
  const send = (file: File) => {
    const name = file.name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^-+/, '') || `picture-${Date.now()}`;
    void attempt(() => ask('POST', `media?name=${encodeURIComponent(name)}`, { bytes: file }), t('已上传')).then((ok) => ok && loaded.reload());
  };
  const remove = async (m: Medium) => {
    if ((await sure(t('移除图片 {name}？', { name: m.name }), undefined, true)) && (await attempt(() => del(`media/${m.name}`), t('已移除')))) loaded.reload();
  };
  return (
    <>
      <Title
        extra={
          may('editor') && (
            <Upload accept="image/png,image/jpeg,image/webp,video/mp4" showUploadList={false} beforeUpload={(file) => (send(file), false)}>
              <Button type="primary">{t('上传图片')}</Button>
            </Upload>
          )
        }
      >
        {t('图片')}
      </Title>
      <p className="quiet">{t('PNG、JPEG 或 WebP，至多 10 MB、每边 4096 像素；上传后会重新编码，去掉拍摄信息。')}
        {t('影片：MP4（H.264），至多 20 MB、1920 × 1080 像素，按原样保存；屏幕上没有声音。')}
      </p>
      <Loaded of={loaded}>
        {(data) => (
          <div className="panel">
            <Progress percent={Math.round((100 * data.used_bytes) / data.quota_bytes)} size="small" aria-label={t('已用空间')} />
            <Table<Medium>
              size="small"
              rowKey="name"
              dataSource={data.media}
              pagination={{ pageSize: 12, hideOnSinglePage: true }}
              columns={[
                { title: t('预览'), width: 140, render: (_, m) => <Preview medium={m} /> },
                { title: t('名称'), dataIndex: 'name' },
                { title: t('尺寸'), render: (_, m) => `${m.width} × ${m.height}` },
                { title: t('大小'), render: (_, m) => `${Math.ceil(m.size / 1024)} KB`, align: 'right' },
                { title: t('上传'), render: (_, m) => `${when(m.at)} ${m.by}` },
                { title: t('使用'), render: (_, m) => (m.used ? <Tag color="blue">{t('使用中')}</Tag> : <Tag>{t('未使用')}</Tag>) },
                { title: '', render: (_, m) => may('editor') && !m.used && <Button size="small" danger onClick={() => void remove(m)}>{t('移除')}</Button> },
              ]}
            />
          </div>
        )}
      </Loaded>
    </>
  );
}
