"""The local governments of the demonstration: real places, synthetic people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoLao:
    code: str
    name_th: str
    name_en: str
    host: str


DEMO_LAOS = (
    DemoLao(
        code="04800103",
        name_th="เทศบาลเมืองปากพูน",
        name_en="Pak Phun Town Municipality",
        host="pakphun.localhost",
    ),
    DemoLao(
        code="05501101",
        name_th="เทศบาลตำบลเวียงพร้าว",
        name_en="Wiang Phrao Tambon Municipality",
        host="wiangphrao.localhost",
    ),
    DemoLao(
        # Made up: no document at hand gives Lom Raet's code.
        code="05520899",
        name_th="เทศบาลตำบลล้อมแรด",
        name_en="Lom Raet Tambon Municipality",
        host="lomraet.localhost",
    ),
)
