"""The refusals of files: each what was found, what was expected and what to do, in both languages."""

from __future__ import annotations

import re
import unicodedata

from corpus import errors
from corpus.readers import limits

_LONGEST_NAME = 80
_MB = 1024 * 1024


def shown_name(name: str) -> str:
    """A file's name as it may be shown: its last part, without control and bidirectional characters, cut if long."""
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}).strip(" .")
    if len(clean) > _LONGEST_NAME:
        stem, _, ending = clean.rpartition(".")
        ending = f".{ending}" if stem and len(ending) <= 5 else ""
        clean = clean[: _LONGEST_NAME - len(ending) - 1] + "…" + ending
    return clean or "file"


def too_large(name: str, size: int) -> errors.FileTooLargeError:
    """The file has more bytes than are read."""
    found, most = f"{size / _MB:.1f}", limits.LARGEST_FILE // _MB
    return errors.FileTooLargeError(
        f"{name} has {found} MB",
        f"at most {most} MB",
        "make the file smaller (leave out pictures) or add it in parts",
        zh=f"{name}有{found} MB，上限是{most} MB；请缩小文件（去掉图片）或分成几份添加。",
    )


def too_many_pages(name: str, pages: int) -> errors.TooManyPagesError:
    """The PDF has more pages than are read."""
    return errors.TooManyPagesError(
        f"{name} has {pages} pages",
        f"at most {limits.MOST_PAGES} pages",
        "add it in parts",
        zh=f"{name}有{pages}页，上限是{limits.MOST_PAGES}页；请分成几份添加。",
    )


def unpacks_too_far(name: str) -> errors.UnpacksTooFarError:
    """The packed file unpacks to more than is read."""
    most, times = limits.LARGEST_UNPACKED // _MB, limits.MOST_UNPACKED_TIMES
    return errors.UnpacksTooFarError(
        f"{name} unpacks to more than {most} MB, or more than {times} times its size",
        f"at most {most} MB and {times} times",
        "save the document anew from your word processor",
        zh=f"{name}解压后超过{most} MB或原大小的{times}倍；请用文字处理软件重新保存后再添加。",
    )


def wrong_kind(name: str, kind: str, kind_zh: str) -> errors.WrongKindError:
    """The file is of a kind that is not read."""
    return errors.WrongKindError(
        f"{name} is {kind}",
        "a PDF, DOCX, HTML or text file",
        "save the document as one of these and add that",
        zh=f"{name}是{kind_zh}；可添加的是PDF、DOCX、HTML或纯文本文件，请另存为其中一种。",
    )


def other_than_promised(name: str, promised: str, kind: str, kind_zh: str) -> errors.WrongKindError:
    """The bytes are of another form than the name's ending promises."""
    return errors.WrongKindError(
        f"{name} is {kind}",
        f"a {promised} file, as its name says",
        "fetch the document again, or give the file the ending of what it is",
        zh=f"{name}的内容是{kind_zh}，不是文件名所示的{promised}；请重新下载，或把扩展名改为与内容相符。",
    )


def old_word(name: str) -> errors.WrongKindError:
    """The file is of Word's old format, or another in the same container."""
    return errors.WrongKindError(
        f"{name} is a document of Word's old format (.doc)",
        "a PDF, DOCX, HTML or text file",
        "open it in your word processor and save it as DOCX",
        zh=f"{name}是旧版Word格式（.doc）；请用文字处理软件打开，另存为DOCX后再添加。",
    )


def encrypted(name: str) -> errors.EncryptedFileError:
    """The file needs a password."""
    return errors.EncryptedFileError(
        f"{name} is encrypted",
        "a file that opens without a password",
        "save a copy without a password and add that",
        zh=f"{name}已加密；请另存一份无密码的文件后再添加。",
    )


def damaged(name: str, form: str) -> errors.DamagedFileError:
    """The file is of a kind that is read, but broken or cut short."""
    return errors.DamagedFileError(
        f"{name} is damaged or cut short",
        f"a whole {form} file",
        "fetch or save the file again",
        zh=f"{name}已损坏或不完整；请重新下载或保存后再添加。",
    )


def unsafe(name: str) -> errors.UnsafeFileError:
    """The file declares entities, which no word processor writes."""
    return errors.UnsafeFileError(
        f"{name} declares XML entities",
        "a DOCX as word processors write it",
        "save the document anew from your word processor",
        zh=f"{name}含有XML实体声明，不是文字处理软件保存的正常文件；请重新保存后再添加。",
    )


def empty(name: str) -> errors.EmptyFileError:
    """The file holds nothing."""
    return errors.EmptyFileError(
        f"{name} is empty",
        "at least one paragraph of text",
        "check that the right file was saved",
        zh=f"{name}是空的；请检查保存的文件是否正确。",
    )


def no_text(name: str, form: str) -> errors.NoTextError:
    """The file has pictures or blanks and no text."""
    scanned = form == "PDF"
    return errors.NoTextError(
        f"{name} has no text in it" + (", only scanned images or blank pages" if scanned else ""),
        "at least one paragraph of text",
        "have the text recognised (OCR) first and add that" if scanned else "check that the right file was saved",
        zh=f"{name}中没有文字，只有扫描图像或空白页；请先作文字识别（OCR）后再添加。"
        if scanned
        else f"{name}中没有文字；请检查保存的文件是否正确。",
    )


def garbled(name: str) -> errors.GarbledTextError:
    """Too many characters cannot be read in any encoding."""
    return errors.GarbledTextError(
        f"{name} cannot be read in any encoding known: more than 1% of its characters come out as none",
        "text in UTF-8, UTF-16, GB18030 or Big5",
        "save the file as UTF-8 and add that",
        zh=f"{name}无法以任何已知编码读出（超过1%的字符无法辨认）；请将文件另存为UTF-8编码后再添加。",
    )


def too_slow(name: str, seconds: float) -> errors.ReadingTimeError:
    """Reading came to no end in time."""
    return errors.ReadingTimeError(
        f"reading {name} took longer than {seconds:g} seconds",
        "a document that is read within that time",
        "add it in parts, or save it in another format",
        zh=f"读取{name}超过{seconds:g}秒，已停止；请分成几份添加，或另存为其他格式。",
    )


def too_much_memory(name: str, most: int) -> errors.ReadingMemoryError:
    """Reading needed more than the bytes of memory it may have."""
    gigabytes = f"{most / (1024 * _MB):.2g}"
    return errors.ReadingMemoryError(
        f"reading {name} needed more memory than the {gigabytes} GB it may have",
        "a document that is read within that",
        "add it in parts, or save it in another format",
        zh=f"读取{name}所需内存超过{gigabytes} GB的上限，已停止；请分成几份添加，或另存为其他格式。",
    )


def crashed(name: str, how: str) -> errors.ReadingCrashError:
    """The process that read the file died."""
    return errors.ReadingCrashError(
        f"the reader of {name} stopped unexpectedly ({how})",
        "a file that can be read",
        "save the document anew, or in another format, and add that",
        zh=f"读取{name}的程序意外中止（{how}）；请重新保存或另存为其他格式后再添加。",
    )
