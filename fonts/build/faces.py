"""The faces: which font each is made from, where the missing letters come from, and fetching those fonts."""

import hashlib
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
PACKAGES = [
    "source-serif@4.5.1",
    "source-sans@3.52.0",
    "@expo-google-fonts/noto-serif@0.4.2",
    "@expo-google-fonts/noto-sans@0.4.2",
]

_SERIF = "source-serif/TTF/SourceSerif4"
_SANS = "source-sans/TTF/SourceSans3-"
_DSERIF = "@expo-google-fonts/noto-serif/"
_DSANS = "@expo-google-fonts/noto-sans/"

# file name, PostScript name, family, style, font, donor; in the order of the constants in fonts.go
FACES = [
    ("text", "Werktext-Regular", "Werktext", "Regular",
     _SERIF + "SmText-Regular.ttf", _DSERIF + "400Regular/NotoSerif_400Regular.ttf"),
    ("text-italic", "Werktext-Italic", "Werktext", "Italic",
     _SERIF + "SmText-It.ttf", _DSERIF + "400Regular_Italic/NotoSerif_400Regular_Italic.ttf"),
    ("text-semibold", "Werktext-Semibold", "Werktext", "Semibold",
     _SERIF + "SmText-Semibold.ttf", _DSERIF + "600SemiBold/NotoSerif_600SemiBold.ttf"),
    ("text-bold", "Werktext-Bold", "Werktext", "Bold",
     _SERIF + "SmText-Bold.ttf", _DSERIF + "800ExtraBold/NotoSerif_800ExtraBold.ttf"),
    ("text-bold-italic", "Werktext-BoldItalic", "Werktext", "Bold Italic",
     _SERIF + "SmText-BoldIt.ttf", _DSERIF + "800ExtraBold_Italic/NotoSerif_800ExtraBold_Italic.ttf"),
    ("title", "WerktextTitel-Semibold", "Werktext Titel", "Semibold",
     _SERIF + "Subhead-Semibold.ttf", _DSERIF + "600SemiBold/NotoSerif_600SemiBold.ttf"),
    ("sans", "Werksans-Regular", "Werksans", "Regular",
     _SANS + "Regular.ttf", _DSANS + "400Regular/NotoSans_400Regular.ttf"),
    ("sans-semibold", "Werksans-Semibold", "Werksans", "Semibold",
     _SANS + "Semibold.ttf", _DSANS + "600SemiBold/NotoSans_600SemiBold.ttf"),
]

LICENCES = [
    ("source-serif/LICENSE.md", "OFL-SourceSerif.txt"),
    ("source-sans/LICENSE.md", "OFL-SourceSans.txt"),
    ("@expo-google-fonts/noto-serif/LICENSE_FONT", "OFL-NotoSerif.txt"),
    ("@expo-google-fonts/noto-sans/LICENSE_FONT", "OFL-NotoSans.txt"),
]


def fetch(folder):
    """Installs the packages into folder and checks every file that is used; gives the folder of the files."""
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent",
                    "--prefix", str(folder), *PACKAGES], check=True)
    root = pathlib.Path(folder) / "node_modules"
    for line in (HERE / "sha256.txt").read_text().splitlines():
        want, name = line.split(maxsplit=1)
        got = hashlib.sha256((root / name).read_bytes()).hexdigest()
        if got != want:
            raise SystemExit(f"{name}: sha256 is {got}, want {want}")
    return root
