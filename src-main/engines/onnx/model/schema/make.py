"""Regenerates onnx_pb.ts from the ONNX schema (Apache-2.0) that the Python package `onnx` carries (1.23.1 was used).

    npm install --no-save @bufbuild/protoc-gen-es@2.17.0
    python make.py request | npx protoc-gen-es | python make.py response

protoc-gen-es is a protoc plugin; the request that protoc would send it is made here, so that protoc is not needed.
"""
import pathlib
import re
import sys

from google.protobuf import descriptor_pb2
from google.protobuf.compiler import plugin_pb2

HEADER = "// Above 400 lines: made from the ONNX schema (Apache-2.0) by make.py beside it; not to be edited.\n"


def name_for_json(message):
    for field in message.field:
        field.json_name = re.sub(r"_(.)", lambda match: match[1].upper(), field.name)
    for nested in message.nested_type:
        name_for_json(nested)


def request():
    from onnx import onnx_ml_pb2

    file = descriptor_pb2.FileDescriptorProto()
    onnx_ml_pb2.DESCRIPTOR.CopyToProto(file)
    file.name = "onnx.proto"
    for message in file.message_type:
        name_for_json(message)
    made = plugin_pb2.CodeGeneratorRequest(file_to_generate=[file.name], parameter="target=ts", proto_file=[file])
    sys.stdout.buffer.write(made.SerializeToString())


def response():
    made = plugin_pb2.CodeGeneratorResponse()
    made.ParseFromString(sys.stdin.buffer.read())
    for file in made.file:
        code = file.content.replace("/* eslint-disable */\n", "")
        (pathlib.Path(__file__).parent / file.name).write_text(HEADER + code)


{"request": request, "response": response}[sys.argv[1]]()
