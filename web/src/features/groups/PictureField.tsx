// A group's picture: chosen from a file, shown before it is saved, and taken away again.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { GroupSymbol } from "./GroupSymbol";
import { squared } from "./squared";

interface Props {
  readonly picture: string;
  readonly symbol: string;
  /** An empty one takes the picture away. */
  readonly onChange: (picture: Blob) => void;
  readonly wrong: string | undefined;
}

export function PictureField({ picture, symbol, onChange, wrong }: Props) {
  const [shown, show] = useState(picture);
  useEffect(() => () => URL.revokeObjectURL(shown), [shown]);
  const choose = async (file: File) => {
    const small = await squared(file);
    show(URL.createObjectURL(small));
    onChange(small);
  };
  const remove = () => {
    show("");
    onChange(new Blob());
  };
  return (
    <div class="field">
      <p class="label">{t("groups.picture")}</p>
      <div class="actions group-picture">
        <GroupSymbol symbol={symbol} picture={shown} />
        <label class="button file-button">
          <Icon name="picture" size={20} />
          {t("groups.pictureChoose")}
          <input
            class="only-read"
            type="file"
            accept="image/*"
            onChange={(event) => event.currentTarget.files?.[0] && void choose(event.currentTarget.files[0])}
          />
        </label>
        {shown && (
          <button type="button" class="button" onClick={remove}>
            {t("groups.pictureRemove")}
          </button>
        )}
      </div>
      {wrong && (
        <p class="error" role="alert">
          <Icon name="warning" size={20} />
          {wrong}
        </p>
      )}
    </div>
  );
}
