"""Readers of sanctions lists, on files of our own with made-up names in the authorities' formats."""

# ruff: noqa: E501  # the lines are those of the files

import importlib
import pkgutil
from pathlib import Path

import pytest

from claimwire.catalog import lists
from claimwire.catalog.lists import LISTS, Listed
from claimwire.catalog.lists.listed import imo_in
from claimwire.commands.registers import KEYS
from claimwire.errors import CatalogError

SHIP = 9074729  # the textbook example of a valid IMO number

UN_SC = """<?xml version="1.0"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00.000Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>ZOLTAN</FIRST_NAME><SECOND_NAME>VON</SECOND_NAME><THIRD_NAME>KARPATHY</THIRD_NAME>
<UN_LIST_TYPE>Freedonia</UN_LIST_TYPE><REFERENCE_NUMBER>FDi.001</REFERENCE_NUMBER>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Zoltán  Karpathy</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>GRAND FENWICK SHIPPING</FIRST_NAME><UN_LIST_TYPE>Freedonia</UN_LIST_TYPE>
<REFERENCE_NUMBER>FDe.002</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""

OFAC_XML = f"""<?xml version="1.0"?><sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/x">
<sdnEntry><uid>7</uid><firstName>Zoltan</firstName><lastName>KARPATHY</lastName><sdnType>Individual</sdnType>
<programList><program>FD</program><program>SDGT</program></programList>
<akaList><aka><uid>8</uid><type>a.k.a.</type><firstName>Z.</firstName><lastName>KARPATI</lastName></aka></akaList></sdnEntry>
<sdnEntry><uid>9</uid><lastName>STAR OF SYLVANIA</lastName><sdnType>Vessel</sdnType>
<idList><id><idType>Vessel Registration Identification</idType><idNumber>IMO {SHIP}</idNumber></id></idList></sdnEntry></sdnList>"""

OFAC_CSV = f"""7,"KARPATHY, Zoltan","individual","FD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
9,"STAR OF SYLVANIA","vessel","FD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Vessel Registration Identification IMO {SHIP}."
\x1a"""

EU_FSF = f"""<?xml version="1.0"?><export xmlns="http://eu.europa.ec/fpi/fsd/export">
<sanctionEntity euReferenceNumber="EU.1.1" logicalId="1"><regulation programme="FDN"/><subjectType code="person"/>
<nameAlias wholeName="Zoltan Karpathy"/><nameAlias wholeName="Золтан Карпати"/></sanctionEntity>
<sanctionEntity logicalId="2"><subjectType code="enterprise"/><nameAlias wholeName="Star of Sylvania"/>
<identification identificationTypeCode="imo" number="{SHIP}"/></sanctionEntity></export>"""

UK_XML = f"""<?xml version="1.0"?><Designations><Designation><UniqueID>FDN0001</UniqueID><RegimeName>Freedonia</RegimeName>
<IndividualEntityShip>Individual</IndividualEntityShip><Names><Name><Name6>Karpathy</Name6><Name1>Zoltan</Name1></Name></Names>
</Designation><Designation><UniqueID>FDN0002</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip>
<Names><Name><Name6>STAR OF SYLVANIA</Name6></Name></Names>
<ShipDetails><IMONumbers><IMONumber>{SHIP}</IMONumber></IMONumbers></ShipDetails></Designation></Designations>"""

UK_CSV = """Last Updated,01/01/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Other Information,Group Type,Regime,Group ID
KARPATHY,Zoltan,,,,,,,Individual,Freedonia,77
"""

SECO = """<?xml version="1.0"?><swiss-sanctions-list><target ssid="5" sanctions-set-id="9"><individual><identity main="true">
<name name-type="primary-name"><name-part order="1" name-part-type="family-name"><value>Karpathy</value></name-part>
<name-part order="2" name-part-type="given-name"><value>Zoltan</value></name-part></name></identity></individual></target>
<target ssid="6"><modification modification-type="de-listed"/><entity><identity><name><name-part name-part-type="whole-name">
<value>Gone Ltd</value></name-part></name></identity></entity></target></swiss-sanctions-list>"""

OPENSANCTIONS = f"""id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset
Q1,Person,Zoltan Karpathy,Z. Karpati;Karpathy Zoltan,,fd,,,,,,FD-1,Freedonia
Q2,Vessel,Star of Sylvania,,,fd,,IMO{SHIP},,,,FD-1,Freedonia
"""

FILES = {
    ("un_sc", "xml"): (UN_SC, [("FDi.001", "ZOLTAN VON KARPATHY", None), ("FDi.001", "Zoltán Karpathy", None), ("FDe.002", "GRAND FENWICK SHIPPING", None)]),
    ("ofac", "xml"): (OFAC_XML, [("7", "Zoltan KARPATHY", None), ("7", "Z. KARPATI", None), ("9", "STAR OF SYLVANIA", SHIP)]),
    ("ofac", "csv"): (OFAC_CSV, [("7", "Zoltan KARPATHY", None), ("9", "STAR OF SYLVANIA", SHIP)]),
    ("eu_fsf", "xml"): (EU_FSF, [("EU.1.1", "Zoltan Karpathy", None), ("EU.1.1", "Золтан Карпати", None), ("2", "Star of Sylvania", SHIP)]),
    ("uk", "xml"): (UK_XML, [("FDN0001", "Zoltan Karpathy", None), ("FDN0002", "STAR OF SYLVANIA", SHIP)]),
    ("uk", "csv"): (UK_CSV, [("77", "Zoltan KARPATHY", None)]),
    ("seco", "xml"): (SECO, [("5", "Zoltan Karpathy", None)]),
    ("opensanctions", "csv"): (OPENSANCTIONS, [("Q1", "Zoltan Karpathy", None), ("Q1", "Z. Karpati", None), ("Q1", "Karpathy Zoltan", None), ("Q2", "Star of Sylvania", SHIP)]),
}  # fmt: skip


@pytest.mark.parametrize(("key", "kind"), FILES)
def test_a_list_gives_its_names(key: str, kind: str, tmp_path: Path) -> None:
    text, expected = FILES[key, kind]
    path = tmp_path / f"list.{kind}"
    path.write_text(text, encoding="utf-8")
    found: list[Listed] = list(LISTS[key](path))
    assert [(one.entry_key, one.name, one.imo) for one in found] == expected
    assert {one.kind for one in found if one.imo} <= {"vessel"}


@pytest.mark.parametrize("key", LISTS)
def test_another_file_is_refused_by_name(key: str, tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b"\xff\xfe no list of anybody")
    with pytest.raises(CatalogError, match=r"list\.xml"):
        list(LISTS[key](path))


def test_an_entity_bomb_does_not_go_off(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text(
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]><CONSOLIDATED_LIST><INDIVIDUAL>'
        "<REFERENCE_NUMBER>1</REFERENCE_NUMBER><FIRST_NAME>&secret;</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>"
    )
    assert list(LISTS["un_sc"](path)) == []


def test_imo_numbers_have_a_check_digit() -> None:
    assert imo_in(f"IMO {SHIP}") == SHIP
    assert imo_in("IMO 9074728; 12345678") is None


def test_every_reader_is_registered() -> None:
    modules = {module.name for module in pkgutil.iter_modules(lists.__path__)} - {"listed"}
    assert modules == set(LISTS) == set(KEYS)
    for name in modules:
        assert getattr(importlib.import_module(f"claimwire.catalog.lists.{name}"), f"read_{name}") is LISTS[name]
