import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { PeriodPath } from '../settlement/dto/settlement.dto.js';
import { DealFilePath, PeriodFilePath } from './dto/file.dto.js';
import { FileResponse } from './dto/file.response.js';

/** Under this period the deal's own files are kept. */
const DEAL_ITSELF = 0;

const aFile = { description: 'The file.', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };

/** Published files of a deal and of its periods. */
@ApiTags('reports')
@Controller('deals/:dealId')
export class ReportsController {
  constructor(private readonly services: Services) {}

  @Get('files')
  @Permit('signed-in')
  @ApiOperation({ summary: "The deal's own files: document and manifest" })
  @ApiOkResponse({ type: [FileResponse] })
  dealFiles(@Caller() actor: Actor, @Param() path: DealPath): Promise<FileResponse[]> {
    return this.services.reports.files(actor, path.dealId, DEAL_ITSELF);
  }

  @Get('files/:name')
  @Permit('signed-in')
  @ApiOperation({ summary: "One of the deal's own files" })
  @ApiOkResponse(aFile)
  dealFile(@Caller() actor: Actor, @Param() path: DealFilePath): Promise<StreamableFile> {
    return this.download(actor, path.dealId, DEAL_ITSELF, path.name);
  }

  @Get('periods/:period/files')
  @Permit('signed-in')
  @ApiOperation({ summary: "The period's files: reports and what weir verify needs" })
  @ApiOkResponse({ type: [FileResponse] })
  periodFiles(@Caller() actor: Actor, @Param() path: PeriodPath): Promise<FileResponse[]> {
    return this.services.reports.files(actor, path.dealId, path.period);
  }

  @Get('periods/:period/files/:name')
  @Permit('signed-in')
  @ApiOperation({ summary: "One of the period's files" })
  @ApiOkResponse(aFile)
  periodFile(@Caller() actor: Actor, @Param() path: PeriodFilePath): Promise<StreamableFile> {
    return this.download(actor, path.dealId, path.period, path.name);
  }

  private async download(actor: Actor, dealId: string, period: number, name: string): Promise<StreamableFile> {
    const { bytes, mediaType } = await this.services.reports.file(actor, dealId, period, name);
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(bytes, { type: mediaType, disposition, length: bytes.length });
  }
}
